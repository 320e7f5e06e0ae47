/** Types of expressions. */
import type * as Ast from '../../syntax/ast.ts'
import { fieldNames } from '../../types/c.ts'
import { formatClassicKind, formatClassicType } from '../../types/format.ts'
import { sizeOf } from '../../types/size.ts'
import {
  array,
  hasUnknown,
  int64,
  integer,
  none,
  pointer,
  string,
  type Type,
  tuple,
  uint64,
  unknown,
  withSpace,
} from '../../types/type.ts'
import { addressSpace } from '../attach-points/attach-point.ts'
import { expressionOf } from '../c-expression.ts'
import { visitBuiltin } from './builtins.ts'
import { visitCall } from './calls.ts'
import { visitMap } from './maps.ts'
import { visitBinary, visitUnary, visitUpdate } from './operators.ts'
import {
  integerLiteral,
  isLiteral,
  isStackMode,
  report,
  reportLast,
  type State,
  setType,
  since,
  typeOf,
} from './state.ts'
import { visitBlock } from './statements.ts'

const integerNames = /^u?int(8|16|32|64)$/

/** Visits an expression and gives it its type. */
export function visit(state: State, node: Ast.Expression): Type {
  const type = typeFor(state, node)
  setType(state, node, type)
  return type
}

function typeFor(state: State, node: Ast.Expression): Type {
  switch (node.kind) {
    case 'Parenthesized':
      return visit(state, node.expression)
    case 'IntegerLiteral':
      return int64
    case 'BooleanLiteral':
      return since(state, '0.23') ? { kind: 'boolean' } : int64
    case 'StringLiteral':
      return visitString(state, node)
    case 'Identifier':
      return visitIdentifier(state, node)
    case 'PositionalParameter':
      return visitParameter(state, node)
    case 'ParameterCount':
      if (state.call === 'str') report(state, 'str-parameter', node.span, { problem: 'use $#, not str($#)' })
      return int64
    case 'Variable': {
      const type = lookUp(state, node.name)
      if (type) return type
      report(state, 'variable-undeclared', node.span, { name: node.name })
      return none
    }
    case 'MapReference':
    case 'MapAccess':
      return visitMap(state, node)
    case 'Call':
      return visitCall(state, node)
    case 'Unary':
      return visitUnary(state, node)
    case 'Update':
      return visitUpdate(state, node)
    case 'Binary':
      return visitBinary(state, node)
    case 'Conditional':
      return visitConditional(state, node)
    case 'FieldAccess':
      return visitField(state, node)
    case 'TupleAccess': {
      const type = visit(state, node.object)
      if (type.kind === 'unknown') return unknown
      if (type.kind !== 'tuple') {
        if (type.kind !== 'none' || state.final) {
          const index = Number(node.index.value ?? 0n)
          reportLast(state, 'tuple-access', node.span, { index, type: formatClassicType(type) })
        }
        return none
      }
      const index = Number(node.index.value ?? 0n)
      const element = type.elements[index]
      if (!element) reportLast(state, 'tuple-index', node.span, { index, length: type.elements.length })
      return element ?? none
    }
    case 'IndexAccess':
      return visitIndex(state, node)
    case 'Cast':
      return visitCast(state, node)
    case 'Tuple': {
      const elements = node.elements.map((element) => visit(state, element))
      if (elements.some((element) => element.kind === 'none')) return none
      return tuple(elements)
    }
    case 'Sizeof':
      return visitSizeof(state, node)
    case 'Offsetof':
      return uint64
    case 'If':
      visit(state, node.condition)
      visitBlock(state, node.consequent)
      if (node.alternate?.kind === 'Block') visitBlock(state, node.alternate)
      else if (node.alternate) visit(state, node.alternate)
      checkCondition(state, node.condition, node.span)
      return none
    case 'Block':
      visitBlock(state, node)
      return unknown
    default:
      return unknown
  }
}

export function lookUp(state: State, name: string): Type | undefined {
  for (const scope of state.scopes) {
    const type = scope.get(name)
    if (type) return type
  }
  return undefined
}

export function checkCondition(state: State, condition: Ast.Expression, span: { start: number; end: number }): void {
  const type = typeOf(state, condition)
  const valid = ['integer', 'unknown', ...(since(state, '0.18') ? ['pointer', 'boolean'] : [])]
  if (!valid.includes(type.kind)) reportLast(state, 'condition-invalid', span, { type: formatClassicKind(type) })
}

function visitString(state: State, node: Ast.StringLiteral): Type {
  const limit = state.environment.settings.maxStringLength
  const format = state.call === 'printf' && state.argument === 0
  const type = string(node.value.length + 1)
  if (format) return type
  if (state.call !== 'cgroupid' && node.value.length > limit - 1) report(state, 'string-too-long', node.span, { limit })
  return withSpace(type, 'kernel')
}

function visitIdentifier(state: State, node: Ast.Identifier): Type {
  const { types } = state.environment
  const { name } = node
  if (types.macro(name) === '') {
    report(state, 'identifier-unknown', node.span, { name })
    return none
  }
  const replacement = macroText(state, name)
  if (replacement && !state.activeMacros.includes(name)) return visitReplacement(state, node, replacement)
  if (replacement && !(replacement.kind === 'Identifier' && replacement.name === name)) {
    report(state, 'c-macro', state.place ?? node.span, { name, problem: 'refers to itself' })
    return unknown
  }
  const builtin = visitBuiltin(state, node)
  if (builtin) return builtin
  if (types.enumerator(name)) return uint64
  if (isStackMode(state, name) && (state.call === 'kstack' || state.call === 'ustack')) {
    return { kind: 'stack', kernel: true, mode: name, limit: 0 }
  }
  const own = types.named(null, name)
  if (types.isOwn(name) && own) return own
  if (types.uncertain || since(state, '0.18')) return unknown
  report(state, 'identifier-unknown', node.span, { name })
  return none
}

function macroText(state: State, name: string): Ast.Expression | undefined {
  if (!state.macros.has(name)) {
    const text = state.environment.types.macro(name)
    state.macros.set(name, text === undefined ? undefined : expressionOf(text))
  }
  return state.macros.get(name)
}

/** Macros within macros multiply: past so many of them a use counts as unknown. */
const NESTED_MACRO_USES = 4000

function visitReplacement(state: State, node: Ast.Identifier, replacement: Ast.Expression): Type {
  if (state.activeMacros.length > 16 || (state.activeMacros.length > 0 && ++state.macroUses > NESTED_MACRO_USES))
    return unknown
  const outer = state.place
  state.place ??= node.span
  state.activeMacros.push(node.name)
  const type = visit(state, replacement)
  state.activeMacros.pop()
  state.place = outer
  return type
}

function visitParameter(state: State, node: Ast.PositionalParameter): Type {
  if (state.call === 'str') {
    state.parameterInStr = true
    return { ...int64, space: 'kernel' }
  }
  const text = state.environment.params[node.index - 1] ?? ''
  if (text !== '' && !/^-?(0x[0-9a-f]+|\d+)$/i.test(text)) {
    reportLast(state, 'parameter-text', node.span, { index: node.index, text })
  }
  return int64
}

function visitConditional(state: State, node: Ast.Conditional): Type {
  visit(state, node.condition)
  const left = visit(state, node.consequent ?? node.condition)
  const right = visit(state, node.alternate)
  if (left.kind === 'unknown' || right.kind === 'unknown') return left.kind === 'unknown' ? right : left
  const same = left.kind === right.kind
  if (state.final) {
    if (!same) {
      const problem = `ternary operator must return the same type: have '${formatClassicKind(left)}' and '${formatClassicKind(right)}'`
      report(state, 'ternary-type', node.span, { problem })
    }
    const condition = typeOf(state, node.condition).kind
    if (!['integer', 'unknown', ...(since(state, '0.18') ? ['pointer', 'boolean'] : [])].includes(condition)) {
      report(state, 'condition-invalid', node.span, { type: formatClassicKind(typeOf(state, node.condition)) })
    }
  }
  if (left.kind === 'string') return string(state.environment.settings.maxStringLength)
  if (left.kind === 'integer') return integer(8, left.signed)
  if (left.kind === 'none') return none
  if (since(state, '0.18')) return left
  report(state, 'ternary-type', node.span, { problem: `ternary return type unsupported: ${formatClassicKind(left)}` })
  return none
}

function visitField(state: State, node: Ast.FieldAccess): Type {
  const object = visit(state, node.object)
  // Before 0.26 an arrow is a dereference of its own; since 0.19 args is no pointer any more.
  const type = node.operator === '->' ? dereferenced(state, node, object) : object
  if (type.kind === 'unknown' || (type.kind === 'none' && !state.final)) return type.kind === 'none' ? none : unknown
  const field = node.field.text
  if (type.kind === 'pointer') {
    if (node.operator === '->') return pointerField(state, node, type)
    if (since(state, '0.22')) return unknown
    const operator = { start: node.object.span.end, end: node.field.span.start }
    report(state, 'field-on-pointer', node.span, { field, type: formatClassicType(type), ...operator })
    return none
  }
  if (type.kind !== 'c') {
    reportLast(state, 'field-access', node.span, { field, type: formatClassicType(type) })
    return none
  }
  return memberType(state, node, type, object.space)
}

/** `p->a` on a pointer to a pointer: one arrow is not enough. */
function pointerField(state: State, node: Ast.FieldAccess, type: Type): Type {
  const operator = { start: node.object.span.end, end: node.field.span.start }
  report(state, 'field-on-pointer', node.span, { field: node.field.text, type: formatClassicType(type), ...operator })
  return none
}

function dereferenced(state: State, node: Ast.FieldAccess, object: Type): Type {
  if (object.kind === 'pointer') {
    return { ...object.to, context: object.context, arguments: object.arguments, space: object.space }
  }
  if (object.kind === 'c') {
    if (object.arguments && since(state, '0.19')) return object
    report(state, 'dereference-invalid', node.span, { type: object.name })
    return none
  }
  if (object.kind === 'unknown') return unknown
  if (object.kind === 'integer') return uint64
  reportLast(state, 'operator-invalid', node.span, { operator: '*', types: formatClassicType(object) })
  return none
}

function memberType(state: State, node: Ast.FieldAccess, type: Type & { kind: 'c' }, space: Type['space']): Type {
  const field = node.field.text
  const place = { start: node.field.span.start, end: node.field.span.end }
  if (type.arguments) {
    const known = state.points.map((point) => state.environment.argumentsOf(point))
    const [first] = known
    if (!first || known.includes(undefined)) return unknown
    const found = first.fields.get(field)
    if (found) return withSpace(found, space)
    if (first.common.has(field)) {
      report(state, 'tracepoint-common-field', node.span, { field })
      return unknown
    }
    report(state, 'argument-unknown', node.span, {
      field,
      type: first.name,
      candidates: [...first.fields.keys()],
      ...place,
    })
    return none
  }
  const found = state.environment.types.field(type, field)
  if (!found) {
    const candidates = type.record ? fieldNames(type.record) : []
    const { source } = state.environment.kernel
    if (type.origin === 'kernel' && source.kind === 'snapshot') {
      report(state, 'kernel-field-unknown', node.span, {
        field,
        type: type.name,
        candidates,
        kernel: source.kernel,
        ...place,
      })
      return unknown
    }
    report(state, 'field-unknown', node.span, { field, type: type.name, candidates, ...place })
    return none
  }
  const nested = found.type.kind === 'array' || found.type.kind === 'c'
  return { ...found.type, context: nested ? type.context : undefined, internal: type.internal, space }
}

function visitIndex(state: State, node: Ast.IndexAccess): Type {
  const object = visit(state, node.object)
  const index = visit(state, node.index)
  if (object.kind === 'unknown') return unknown
  if (state.final && object.kind !== 'array' && object.kind !== 'pointer') {
    if (object.kind === 'string' && since(state, '0.19')) return unknown
    if (object.kind === 'tuple' && since(state, '0.22')) return unknown
    report(state, 'index-invalid', node.span, { type: formatClassicKind(object) })
    return none
  }
  if (state.final) checkIndex(state, node, object, index)
  const element = object.kind === 'array' ? object.of : object.kind === 'pointer' ? object.to : none
  return element.kind === 'none' ? none : { ...element, internal: object.internal, space: object.space }
}

function checkIndex(state: State, node: Ast.IndexAccess, object: Type, index: Type): void {
  if (object.kind === 'pointer' && sizeOf(object.to) === 0 && !hasUnknown(object))
    report(state, 'index-unsized', node.span, {})
  if (index.kind === 'unknown') return
  const literal = integerLiteral(state, node.index)
  if (index.kind === 'integer' && literal !== undefined) {
    const length = object.kind === 'array' ? object.length : 0
    const beyond =
      object.kind === 'array' && (length > 0 || !since(state, '0.18')) && (literal < 0n || literal >= BigInt(length))
    if (beyond) report(state, 'index-out-of-bounds', node.span, { index: String(literal), length })
  } else if (!since(state, '0.18') && !isLiteral(state, node.index)) {
    report(state, 'index-type', node.span, { type: formatClassicType(index) })
  }
}

/** What a cast names: an integer, a structure, a pointer to either. Later versions take more. */
export function namedType(state: State, node: Ast.TypeNode): Type | undefined {
  switch (node.kind) {
    case 'NamedType': {
      const bits = node.keyword === null ? integerNames.exec(node.name)?.[1] : undefined
      if (bits) return integer(Number(bits) / 8, !node.name.startsWith('u'))
      const { types } = state.environment
      // Without its keyword only a typedef of the script is a type.
      if (node.keyword === null && !since(state, '0.18') && !types.isOwn(node.name))
        return types.unread ? unknown : undefined
      return state.environment.types.named(node.keyword, node.name)
    }
    case 'PointerType': {
      const to = namedType(state, node.to)
      return to && pointer(to)
    }
    case 'ArrayType': {
      const of = namedType(state, node.of)
      if (of?.kind === 'string' || of?.kind === 'buffer' || of?.kind === 'inet') return unknown
      return of && array(of, Number(node.size?.value ?? 0n))
    }
    default:
      return unknown
  }
}

function typeName(node: Ast.TypeNode): string {
  if (node.kind === 'PointerType') return typeName(node.to)
  if (node.kind === 'NamedType') return node.keyword ? `${node.keyword} ${node.name}` : node.name
  return ''
}

function visitCast(state: State, node: Ast.Cast): Type {
  const from = visit(state, node.operand)
  const span = node.span
  if (from.kind === 'c') {
    report(state, 'cast-invalid', span, { from: formatClassicType(from), to: typeName(node.type) })
  } else if (from.kind === 'none' && !since(state, '0.18')) {
    // A map may get its type in a later pass, a value from nothing never does.
    report(state, 'cast-invalid', span, { from: 'none', to: typeName(node.type) })
  }
  const to = castTarget(state, node)
  if (!to) {
    report(state, 'struct-unknown', span, { name: typeName(node.type) })
    return none
  }
  if (to.kind === 'unknown') return unknown
  if (to.kind === 'integer' && !to.enumeration) {
    const sources = [
      'integer',
      'c',
      'pointer',
      'unknown',
      'none',
      ...(since(state, '0.18') ? ['array', 'boolean', 'aggregate'] : []),
    ]
    if (!sources.includes(from.kind) && !from.context) {
      report(state, 'cast-invalid', span, { from: formatClassicType(from), to: formatClassicType(to) })
    }
    return withSpace(to, from.space)
  }
  if (to.kind === 'c') {
    report(state, 'cast-invalid', span, { from: formatClassicType(from), to: to.name })
    return none
  }
  const first = state.points[0]
  const single = state.points.every((point) => point.provider === first?.provider)
  const space = from.space ?? (first && single ? addressSpace(first.provider) : undefined)
  return { ...to, context: from.context && to.kind === 'pointer' && to.to.kind === 'c' ? true : undefined, space }
}

function castTarget(state: State, node: Ast.Cast): Type | undefined {
  const type = namedType(state, node.type)
  if (since(state, '0.18') && type === undefined) {
    // Later versions know more types by name.
    return state.environment.types.uncertain || node.type.kind !== 'PointerType' ? unknown : undefined
  }
  return type
}

function visitSizeof(state: State, node: Ast.Sizeof): Type {
  const { argument } = node
  const outer = state.call
  state.call = 'sizeof'
  switch (argument.kind) {
    case 'NamedType':
    case 'PointerType':
    case 'ArrayType': {
      const name = typeName(argument)
      if (!namedType(state, argument) && !since(state, '0.18')) report(state, 'struct-unknown', node.span, { name })
      break
    }
    case 'Typeof':
    case 'MissingType':
      break
    default:
      visit(state, argument)
  }
  state.call = outer
  return uint64
}
