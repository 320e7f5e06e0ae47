/**
 * From the syntax tree to the tree of the passes, as the compiler's parser builds it: parentheses vanish, a predicate
 * becomes an `if` around the body, `$a += 1` becomes `$a = $a + 1`, `a ?: b` becomes `a ? a : b`. Broken text becomes
 * an unknown expression, which no pass finds fault with; so does what lies too deep to be worth judging.
 */
import type { Span } from '../../diagnostic.ts'
import type * as Ast from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { builtinTypes } from '../../types/names.ts'
import { parseAttachPoints } from '../attach-points/parse.ts'
import type { Environment } from '../environment.ts'
import type {
  BlockExpr,
  DeclareStmt,
  Expr,
  ForStmt,
  MacroIr,
  ProgramIr,
  Stmt,
  TypeRef,
  VariableExpr,
  WrittenType,
} from './ir.ts'

const maxDepth = 200

/** Bare words that the compiler reads as builtins at once; all others may turn out to be macros. */
const parserBuiltins = new Set(['args', 'ctx', 'kstack', 'nsecs', 'pid', 'tid', 'ustack'])
const isParserBuiltin = (name: string) => parserBuiltins.has(name) || /^s?arg\d+$/.test(name)

export function lowerProgram(program: Ast.Program, environment: Environment): ProgramIr {
  const ir: ProgramIr = { words: wordsOf(program), probes: [], subprograms: [], macros: [], mapDeclarations: [] }
  for (const item of program.items) {
    switch (item.kind) {
      case 'Probe':
        ir.probes.push({
          kind: 'probe',
          span: item.span,
          attachPoints: parseAttachPoints(item, environment),
          body: probeBody(item),
        })
        break
      case 'Subprogram':
        ir.subprograms.push({
          kind: 'subprogram',
          span: item.span,
          name: item.name.text,
          parameters: item.parameters.map((parameter) => ({
            span: parameter.span,
            variable: variable(parameter.variable),
            type: typeRef(parameter.type, 0),
          })),
          returns: typeRef(item.returns, 0),
          body: block(item.body, 0),
        })
        break
      case 'Macro':
        ir.macros.push(macro(item))
        break
      case 'MapDeclaration':
        ir.mapDeclarations.push({
          span: item.span,
          map: item.map.name,
          mapSpan: item.map.span,
          type: item.type.text,
          typeSpan: item.type.span,
        })
        break
      default:
        break
    }
  }
  return ir
}

/** Names of constructs that few programs have, so that passes over them can be left out. */
function wordsOf(program: Ast.Program): Set<string> {
  const words = new Set<string>()
  walk(program, (node) => {
    switch (node.kind) {
      case 'Identifier':
        words.add(node.name)
        return
      case 'Call':
        words.add(node.callee.text)
        return
      case 'While':
      case 'For':
      case 'Import':
      case 'Typeinfo':
      case 'Typeof':
      case 'Comptime':
        words.add(node.kind.toLowerCase())
        return
      default:
        return
    }
  })
  return words
}

function probeBody(probe: Ast.Probe): BlockExpr {
  const body = block(probe.body, 0)
  if (!probe.predicate) return body
  const span = probe.predicate.span
  const condition = lower(probe.predicate.condition, 0)
  return {
    kind: 'block',
    span,
    statements: [],
    result: { kind: 'if', span, condition, consequent: body, alternate: { kind: 'none', span } },
  }
}

function macro(item: Ast.Macro): MacroIr {
  const parameters = item.parameters.flatMap((parameter) => {
    const lowered = lower(parameter, 0)
    return lowered.kind === 'identifier' || lowered.kind === 'variable' || lowered.kind === 'map' ? [lowered] : []
  })
  return {
    kind: 'macro',
    span: item.span,
    nameSpan: item.name.span,
    name: item.name.text,
    parameters,
    body: block(item.body, 0),
  }
}

function variable(node: Ast.Variable | Ast.Missing): VariableExpr {
  return { kind: 'variable', span: node.span, origin: node, name: node.kind === 'Variable' ? node.name : '$' }
}

function block(node: Ast.Block, depth: number): BlockExpr {
  const statements =
    depth > maxDepth ? [] : node.statements.flatMap((statement) => lowerStatement(statement, depth + 1))
  return {
    kind: 'block',
    span: node.span,
    origin: node,
    statements,
    result: node.result
      ? lower(node.result, depth + 1)
      : { kind: 'none', span: { start: node.span.end, end: node.span.end } },
  }
}

function lowerStatement(node: Ast.Statement, depth: number): Stmt[] {
  const span = node.span
  switch (node.kind) {
    case 'ExpressionStatement':
      return [{ kind: 'expression', span, expression: lower(node.expression, depth) }]
    case 'Assignment':
      return [assignment(node, depth)]
    case 'VariableDeclaration': {
      if (node.variable.kind === 'Missing') return []
      const declared = variable(node.variable)
      const declaration: DeclareStmt = {
        kind: 'declare',
        span: node.value ? { start: span.start, end: (node.type ?? node.variable).span.end } : span,
        variable: declared,
        type: node.type ? typeRef(node.type, depth) : undefined,
      }
      if (!node.value) return [declaration]
      return [{ kind: 'assign-variable', span, declaration, variable: declared, value: lower(node.value, depth) }]
    }
    case 'Discard':
      return [{ kind: 'discard', span, expression: lower(node.value, depth) }]
    case 'Jump':
      return [{ kind: 'jump', span, keyword: node.keyword, value: node.value ? lower(node.value, depth) : undefined }]
    case 'While':
      return [{ kind: 'while', span, condition: lower(node.condition, depth), body: block(node.body, depth) }]
    case 'Unroll':
      return [{ kind: 'unroll', span, count: lower(node.count, depth), body: block(node.body, depth) }]
    case 'For':
      return [loop(node, depth)]
    case 'Import':
      return node.path.kind === 'StringLiteral' ? [{ kind: 'import', span, path: node.path.value }] : []
    case 'Error':
      return []
  }
}

function loop(node: Ast.For, depth: number): ForStmt {
  const over = lower(node.iterable, depth)
  const iterable: ForStmt['iterable'] =
    node.iterable.kind === 'Range'
      ? {
          kind: 'range',
          span: node.iterable.span,
          start: lower(node.iterable.start, depth),
          end: lower(node.iterable.end, depth),
        }
      : over.kind === 'map'
        ? over
        : { kind: 'unknown', span: over.span }
  return { kind: 'for', span: node.span, variable: variable(node.variable), iterable, body: block(node.body, depth) }
}

function assignment(node: Ast.Assignment, depth: number): Stmt {
  const target = lower(node.target, depth)
  const plain = lower(node.value, depth)
  const value: Expr =
    node.operator === '='
      ? plain
      : {
          kind: 'binary',
          span: { start: node.operatorSpan.start, end: node.span.end },
          operator: node.operator.slice(0, -1),
          left: lower(node.target, depth),
          right: plain,
        }
  if (target.kind === 'variable') {
    return { kind: 'assign-variable', span: node.span, declaration: undefined, variable: target, value }
  }
  if (target.kind === 'map' || target.kind === 'map-access') {
    return { kind: 'assign-map', span: node.span, target, value }
  }
  return { kind: 'discard', span: node.span, expression: value }
}

function lower(node: Ast.Expression | Ast.MacroParameter, depth: number): Expr {
  const { span } = node
  if (depth > maxDepth) return { kind: 'unknown', span }
  const inner = (child: Ast.Expression) => lower(child, depth + 1)
  switch (node.kind) {
    case 'Identifier':
      return word(node)
    case 'IntegerLiteral':
      return node.value === null
        ? { kind: 'unknown', span }
        : { kind: 'integer', span, origin: node, value: node.value }
    case 'StringLiteral':
      return { kind: 'string', span, origin: node, value: node.value }
    case 'BooleanLiteral':
      return { kind: 'boolean', span, origin: node, value: node.value }
    case 'Variable':
      return variable(node)
    case 'PositionalParameter':
      return { kind: 'parameter', span, origin: node, index: node.index }
    case 'ParameterCount':
      return { kind: 'parameter-count', span, origin: node }
    case 'MapReference':
      return { kind: 'map', span, origin: node, name: node.name }
    case 'MapAccess':
      return {
        kind: 'map-access',
        span,
        origin: node,
        map: { kind: 'map', span: node.map.span, origin: node.map, name: node.map.name },
        key: mapKey(node, depth),
      }
    case 'Call':
      return {
        kind: 'call',
        span,
        origin: node,
        name: node.callee.text,
        nameSpan: node.callee.span,
        args: node.arguments.map((argument) =>
          argument.kind === 'Typeof'
            ? { kind: 'type-argument', span: argument.span, type: typeRef(argument, depth + 1) }
            : inner(argument),
        ),
        injected: 0,
      }
    case 'Unary':
      return { kind: 'unary', span, origin: node, operator: node.operator, operand: inner(node.operand) }
    case 'Update':
      return { kind: 'unary', span, origin: node, operator: node.operator, operand: inner(node.operand) }
    case 'AddressOf': {
      const operand = inner(node.operand)
      if (operand.kind === 'variable') return { kind: 'variable-address', span, origin: node, variable: operand }
      if (operand.kind === 'map') return { kind: 'map-address', span, origin: node, map: operand }
      return { kind: 'unknown', span }
    }
    case 'Binary':
      return {
        kind: 'binary',
        span,
        origin: node,
        operator: node.operator,
        left: inner(node.left),
        right: inner(node.right),
      }
    case 'Conditional': {
      const condition = inner(node.condition)
      const consequent = node.consequent ? inner(node.consequent) : inner(node.condition)
      return { kind: 'if', span, origin: node, condition, consequent, alternate: inner(node.alternate) }
    }
    case 'FieldAccess':
      return {
        kind: 'field',
        span,
        origin: node,
        object: inner(node.object),
        field: node.field.text,
        fieldSpan: node.field.span,
      }
    case 'TupleAccess':
      return node.index.value === null
        ? { kind: 'unknown', span }
        : { kind: 'tuple-index', span, origin: node, object: inner(node.object), index: Number(node.index.value) }
    case 'IndexAccess':
      return { kind: 'index', span, origin: node, object: inner(node.object), index: inner(node.index) }
    case 'Cast':
      return {
        kind: 'cast',
        span: { start: span.start, end: node.operand.span.start },
        origin: node,
        type: typeRef(node.type, depth + 1),
        operand: inner(node.operand),
      }
    case 'Tuple':
      return { kind: 'tuple', span, origin: node, elements: node.elements.map(inner) }
    case 'Record':
      return {
        kind: 'record',
        span,
        origin: node,
        fields: node.fields.map((field) => ({ name: field.name.text, value: inner(field.value) })),
      }
    case 'Parenthesized':
      return inner(node.expression)
    case 'If':
      return {
        kind: 'if',
        span,
        origin: node,
        condition: inner(node.condition),
        consequent: block(node.consequent, depth + 1),
        alternate: node.alternate ? inner(node.alternate) : { kind: 'none', span: { start: span.end, end: span.end } },
      }
    case 'Block':
      return block(node, depth + 1)
    case 'Sizeof':
      return { kind: 'sizeof', span, origin: node, type: introspected(node.argument, depth + 1) }
    case 'Offsetof':
      return {
        kind: 'offsetof',
        span,
        origin: node,
        type: introspected(node.argument, depth + 1),
        path: node.path.map((name) => name.text),
      }
    case 'Typeinfo':
      return { kind: 'typeinfo', span, origin: node, type: introspected(node.argument, depth + 1) }
    case 'Comptime':
      return { kind: 'comptime', span, origin: node, operand: inner(node.operand) }
    case 'Range':
    case 'NamedType':
    case 'PointerType':
    case 'ArrayType':
    case 'Typeof':
    case 'MissingType':
    case 'Missing':
    case 'Error':
      return { kind: 'unknown', span }
  }
}

/** What the library itself is written with works in any script. */
const libraryBuiltins: ReadonlySet<string> = new Set(
  [
    ...['arch', 'comm', 'config', 'cpid', 'cpu', 'dw_ustack', 'elapsed', 'elf_ino', 'elf_is_exe'],
    ...['func', 'ncpus', 'probe', 'probetype', 'retval', 'safe_mode', 'usermode'],
  ].map((name) => `__builtin_${name}`),
)

function word(node: Ast.Identifier): Expr {
  const library = libraryBuiltins.has(node.name)
  const name = library ? node.name.slice('__builtin_'.length) : node.name
  const builtin = library || isParserBuiltin(name)
  return { kind: builtin ? 'builtin' : 'identifier', span: node.span, origin: node, name }
}

/** Several keys are one tuple. */
function mapKey(node: Ast.MapAccess, depth: number): Expr {
  const [first] = node.keys
  if (node.keys.length === 1 && first) return lower(first, depth + 1)
  if (!first) return { kind: 'unknown', span: node.span }
  const last = node.keys[node.keys.length - 1] ?? first
  return {
    kind: 'tuple',
    span: { start: first.span.start, end: last.span.end },
    elements: node.keys.map((key) => lower(key, depth + 1)),
  }
}

/** The argument of `sizeof` and its like: a type, or an expression whose type is meant. */
function introspected(node: Ast.Expression, depth: number): TypeRef {
  switch (node.kind) {
    case 'NamedType':
    case 'PointerType':
    case 'ArrayType':
    case 'Typeof':
    case 'MissingType':
      return typeRef(node, depth)
    default:
      return { kind: 'type-ref', span: node.span, written: undefined, expression: lower(node, depth) }
  }
}

export function typeRef(node: Ast.TypeNode, depth: number): TypeRef {
  if (node.kind === 'Typeof') {
    const inner = introspected(node.argument, depth + 1)
    return { ...inner, span: node.span, origin: node }
  }
  const written = writtenType(node, depth)
  if (written) return { kind: 'type-ref', span: node.span, origin: node, written, expression: undefined }
  return unknownTypeRef(node.span)
}

function unknownTypeRef(span: Span): TypeRef {
  return { kind: 'type-ref', span, written: undefined, expression: { kind: 'unknown', span } }
}

function writtenType(node: Ast.TypeNode, depth: number): WrittenType | undefined {
  if (depth > maxDepth) return undefined
  switch (node.kind) {
    case 'NamedType':
      return node.keyword === null && builtinTypes.has(node.name)
        ? { kind: 'named', keyword: null, name: node.name }
        : { kind: 'named', keyword: node.keyword, name: node.name }
    case 'PointerType': {
      const to = writtenType(node.to, depth + 1)
      return to && { kind: 'pointer', to }
    }
    case 'ArrayType': {
      const of = writtenType(node.of, depth + 1)
      return of && { kind: 'array', of, length: Number(node.size?.value ?? 0n) }
    }
    case 'Typeof':
    case 'MissingType':
      return undefined
  }
}

/** A single expression on its own. */
export const lowerExpression = (node: Ast.Expression): Expr => lower(node, 0)
