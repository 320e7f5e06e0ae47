/**
 * The layout of each kind of node, in the style of bpftrace's own formatter: two blanks of indentation, attach points
 * and the brace of a probe on lines of their own, one statement a line, operators between blanks, pointers without.
 */
import type {
  AttachPoint,
  Binary,
  Block,
  Config,
  Expression,
  If,
  Macro,
  Probe,
  Program,
  Statement,
  Subprogram,
  TopLevel,
  TypeNode,
} from '../syntax/ast.ts'
import { align, blankLine, type Doc, fill, group, hardLine, indent, line } from './doc.ts'
import type { TokenSource } from './source.ts'

export function programDoc(t: TokenSource, program: Program): Doc {
  const parts: Doc[] = []
  let before: TopLevel | undefined
  for (const item of program.items) {
    const blank = t.blankAhead() || (before !== undefined && (standsApart(item) || standsApart(before)))
    if (before) parts.push(blank ? blankLine : hardLine)
    parts.push(t.ownLineComments(), itemDoc(t, item))
    before = item
  }
  parts.push(t.finalComments())
  return parts
}

/** Items between empty lines; preprocessor lines and definitions keep to each other as written. */
function standsApart(item: TopLevel): boolean {
  switch (item.kind) {
    case 'Preprocessor':
    case 'CDefinition':
    case 'Import':
    case 'MapDeclaration':
      return false
    default:
      return true
  }
}

function itemDoc(t: TokenSource, item: TopLevel): Doc {
  switch (item.kind) {
    case 'Preprocessor':
      return t.take()
    case 'CDefinition':
      return [t.take(), t.takeIf(';')]
    case 'Config':
      return configDoc(t, item)
    case 'Import':
      return [t.take(), ' ', t.take(), t.takeIf(';')]
    case 'MapDeclaration':
      return [t.take(), ' ', t.take(), ' ', t.take(), ' ', t.take(), t.take(), t.take(), t.take(), t.takeIf(';')]
    case 'Macro':
      return macroDoc(t, item)
    case 'Subprogram':
      return subprogramDoc(t, item)
    case 'Probe':
      return probeDoc(t, item)
    case 'Error':
      throw new Error('a program with errors has no layout')
  }
}

function configDoc(t: TokenSource, config: Config): Doc {
  const head = [t.take(), ' ', t.take(), ' ', t.take()]
  if (config.entries.length === 0 && !t.commentsAhead()) return [head, t.take()]
  const entries = config.entries.map((_, index): Doc => {
    const separator = index > 0 && t.blankAhead() ? blankLine : hardLine
    const entry = [t.ownLineComments(), t.take(), ' ', t.take(), ' ', t.take()]
    while (t.at(';')) entry.push(t.take())
    return [separator, entry]
  })
  const rest = t.finalComments()
  return [head, indent([entries, rest]), hardLine, t.take()]
}

function macroDoc(t: TokenSource, macro: Macro): Doc {
  const head = [t.take(), ' ', t.take(), t.take()]
  const parameters = list(
    macro.parameters.map(() => () => t.take()),
    t,
  )
  return [head, parameters, t.take(), hardLine, blockDoc(t, macro.body)]
}

function subprogramDoc(t: TokenSource, node: Subprogram): Doc {
  const head = [t.take(), ' ', t.take(), t.take()]
  const parameters = list(
    node.parameters.map(({ type }) => () => [t.take(), ' ', t.take(), ' ', typeDoc(t, type)]),
    t,
  )
  return [head, parameters, t.take(), ' ', t.take(), ' ', typeDoc(t, node.returns), hardLine, blockDoc(t, node.body)]
}

function probeDoc(t: TokenSource, probe: Probe): Doc {
  const parts: Doc[] = []
  for (const attachPoint of probe.attachPoints) {
    parts.push(t.ownLineComments(), attachPointDoc(t, attachPoint), t.takeIf(','), hardLine)
  }
  if (probe.predicate) {
    const slash = [t.ownLineComments(), t.take()]
    // A dereference or a comment right behind the slash would open a comment.
    const space = t.at('*') ? ' ' : ''
    parts.push(slash, space, align(group(expressionDoc(t, probe.predicate.condition))), t.take(), hardLine)
  }
  return [parts, t.ownLineComments(), blockDoc(t, probe.body)]
}

/** Pieces that blanks part stay parted: since 0.26 the blank matters. */
function attachPointDoc(t: TokenSource, { firstToken, lastToken }: AttachPoint): Doc {
  const parts: Doc[] = []
  const pieces = t.countBetween(firstToken, lastToken)
  for (let index = 0; index < pieces; index++) parts.push(index > 0 ? ' ' : '', t.take())
  return parts
}

/** A block over several lines, or `{}`. */
function blockDoc(t: TokenSource, block: Block): Doc {
  const open = t.take()
  if (block.statements.length === 0 && !block.result && !t.commentsAhead()) return [open, t.take()]
  const parts: Doc[] = []
  const contents = block.result ? [...block.statements, block.result] : block.statements
  contents.forEach((content, index) => {
    parts.push(index > 0 && t.blankAhead() ? blankLine : hardLine, t.ownLineComments())
    parts.push(content === block.result ? group(expressionDoc(t, block.result)) : statementDoc(t, content))
  })
  const rest = t.finalComments()
  return [open, indent([parts, rest]), hardLine, t.take()]
}

/** A block that is a value: on one line when it is one short expression. */
function valueBlockDoc(t: TokenSource, block: Block): Doc {
  if (block.statements.length > 0 || !block.result) return blockDoc(t, block)
  const open = t.take()
  if (t.commentsAhead()) {
    return [
      open,
      indent([hardLine, t.ownLineComments(), expressionDoc(t, block.result), t.finalComments()]),
      hardLine,
      t.take(),
    ]
  }
  const result = expressionDoc(t, block.result)
  const rest = t.finalComments()
  return [open, indent([line, result, rest]), line, t.take()]
}

function statementDoc(t: TokenSource, statement: Statement | Expression): Doc {
  switch (statement.kind) {
    case 'ExpressionStatement': {
      const { expression } = statement
      if (expression.kind === 'If') return [ifDoc(t, expression, blockDoc), t.takeIf(';')]
      if (expression.kind === 'Block') return [blockDoc(t, expression), t.takeIf(';')]
      return [group(expressionDoc(t, expression)), t.takeIf(';')]
    }
    case 'Assignment': {
      const target = [expressionDoc(t, statement.target), ' ', t.take(), ' ']
      return [target, valueDoc(t, statement.value), t.takeIf(';')]
    }
    case 'VariableDeclaration': {
      const parts: Doc[] = [t.take(), ' ', t.take()]
      if (statement.type) parts.push(' ', t.take(), ' ', typeDoc(t, statement.type))
      if (statement.value) parts.push(' ', t.take(), ' ', valueDoc(t, statement.value))
      return [parts, t.takeIf(';')]
    }
    case 'Discard':
      return [t.take(), ' ', t.take(), ' ', valueDoc(t, statement.value), t.takeIf(';')]
    case 'Jump':
      return [t.take(), statement.value ? [' ', valueDoc(t, statement.value)] : '', t.takeIf(';')]
    case 'While':
      return [t.take(), ' ', conditionDoc(t, statement.condition), ' ', blockDoc(t, statement.body)]
    case 'Unroll':
      return [t.take(), ' ', conditionDoc(t, statement.count), ' ', blockDoc(t, statement.body)]
    case 'For': {
      const head = [t.take(), ' ', t.takeIf('('), t.take(), ' ', t.take(), ' ']
      return [head, expressionDoc(t, statement.iterable), t.takeIf(')'), ' ', blockDoc(t, statement.body)]
    }
    case 'Import':
      return [t.take(), ' ', t.take(), t.takeIf(';')]
    case 'Error':
      throw new Error('a program with errors has no layout')
    default:
      return expressionDoc(t, statement)
  }
}

/** The right side of an assignment: blocks keep their own indentation, the rest lines up behind the operator. */
function valueDoc(t: TokenSource, value: Expression): Doc {
  if (value.kind === 'Block' || value.kind === 'If') return group(expressionDoc(t, value))
  return align(group(expressionDoc(t, value)))
}

function conditionDoc(t: TokenSource, condition: Expression): Doc {
  if (!t.at('(')) return expressionDoc(t, condition)
  return [t.take(), align(group(expressionDoc(t, condition))), t.take()]
}

function ifDoc(t: TokenSource, node: If, body: (t: TokenSource, block: Block) => Doc): Doc {
  const parts: Doc[] = [t.take(), ' ', conditionDoc(t, node.condition), ' ', body(t, node.consequent)]
  const { alternate } = node
  if (alternate === null) return parts
  parts.push(' ', t.take(), ' ')
  if (alternate.kind === 'If') parts.push(ifDoc(t, alternate, body))
  else if (alternate.kind === 'Block') parts.push(body(t, alternate))
  return parts
}

function expressionDoc(t: TokenSource, node: Expression): Doc {
  switch (node.kind) {
    case 'Call':
      return [t.take(), t.take(), argumentsDoc(t, node.arguments), t.take()]
    case 'MapAccess':
      return [t.take(), t.take(), expressions(t, node.keys), t.take()]
    case 'Tuple':
      return [t.take(), expressions(t, node.elements), t.take()]
    case 'Record':
      return [
        t.take(),
        list(
          node.fields.map(({ value }) => () => [t.take(), t.take(), expressionDoc(t, value)]),
          t,
        ),
        t.take(),
      ]
    case 'Parenthesized':
      return [t.take(), align(group(expressionDoc(t, node.expression))), t.take()]
    case 'Binary':
      return binaryDoc(t, node)
    case 'Conditional':
      return conditionalDoc(t, node)
    case 'Unary':
      return prefixDoc(t, node.operand)
    case 'Update':
      return node.prefix ? prefixDoc(t, node.operand) : [expressionDoc(t, node.operand), t.take()]
    case 'AddressOf':
      return [t.take(), expressionDoc(t, node.operand)]
    case 'FieldAccess':
    case 'TupleAccess':
      return [expressionDoc(t, node.object), t.take(), t.take()]
    case 'IndexAccess':
      return [expressionDoc(t, node.object), t.take(), align(group(expressionDoc(t, node.index))), t.take()]
    case 'Cast':
      return [t.take(), typeDoc(t, node.type), t.take(), expressionDoc(t, node.operand)]
    case 'Range':
      return [expressionDoc(t, node.start), t.take(), expressionDoc(t, node.end)]
    case 'If':
      return group(ifDoc(t, node, valueBlockDoc))
    case 'Block':
      return group(valueBlockDoc(t, node))
    case 'Sizeof':
    case 'Typeinfo':
      return [t.take(), t.take(), expressionDoc(t, node.argument), t.take()]
    case 'Offsetof':
      return [
        ...[t.take(), t.take(), expressionDoc(t, node.argument), t.take(), ' '],
        ...node.path.flatMap((_, index) => [index > 0 ? t.take() : '', t.take()]),
        t.take(),
      ]
    case 'Comptime':
      return [t.take(), ' ', expressionDoc(t, node.operand)]
    case 'NamedType':
    case 'PointerType':
    case 'ArrayType':
    case 'Typeof':
    case 'MissingType':
      return typeDoc(t, node)
    case 'Missing':
    case 'Error':
      throw new Error('a program with errors has no layout')
    default:
      return t.take()
  }
}

/** A chain of operators of one kind breaks as a whole, behind each operator. */
function binaryDoc(t: TokenSource, node: Binary): Doc {
  const operands: Expression[] = [node.right]
  let left: Expression = node.left
  while (left.kind === 'Binary' && left.operator === node.operator) {
    operands.push(left.right)
    left = left.left
  }
  const parts: Doc[] = [expressionDoc(t, left)]
  for (const operand of operands.reverse()) parts.push(' ', t.take(), line, expressionDoc(t, operand))
  return align(group(parts))
}

function conditionalDoc(t: TokenSource, node: Expression & { kind: 'Conditional' }): Doc {
  const condition = expressionDoc(t, node.condition)
  const question = t.take()
  const whenTrue = node.consequent ? [' ', expressionDoc(t, node.consequent), line] : ''
  return align(group([condition, line, question, whenTrue, t.take(), ' ', expressionDoc(t, node.alternate)]))
}

/** `-$x`, but `- -$x`: two signs in a row would become one operator. */
function prefixDoc(t: TokenSource, operand: Expression): Doc {
  const sign = t.text
  const operator = t.take()
  const glued = (sign === '-' || sign === '--') && t.text.startsWith('-')
  return [operator, glued || (sign === '!' && t.text.startsWith('=')) ? ' ' : '', expressionDoc(t, operand)]
}

function typeDoc(t: TokenSource, type: TypeNode): Doc {
  switch (type.kind) {
    case 'NamedType':
      return type.keyword ? [t.take(), ' ', t.take()] : t.take()
    case 'PointerType':
      return [typeDoc(t, type.to), t.take()]
    case 'ArrayType':
      return [typeDoc(t, type.of), t.take(), type.size ? t.take() : '', t.take()]
    case 'Typeof':
      return [t.take(), t.take(), expressionDoc(t, type.argument), t.take()]
    case 'MissingType':
      throw new Error('a program with errors has no layout')
  }
}

/** Arguments behind a format string begin on a line of their own when not all fit on one. */
function argumentsDoc(t: TokenSource, nodes: readonly Expression[]): Doc {
  const [first, ...rest] = nodes
  if (first?.kind !== 'StringLiteral' || rest.length === 0) return expressions(t, nodes)
  const text = [expressionDoc(t, first), t.takeIf(',')]
  return align(group([text, line, expressions(t, rest)]))
}

function expressions(t: TokenSource, nodes: readonly Expression[]): Doc {
  return list(
    nodes.map((node) => () => expressionDoc(t, node)),
    t,
  )
}

/** Items with the commas behind them, lined up where they start. */
function list(items: readonly (() => Doc)[], t: TokenSource): Doc {
  return align(fill(items.map((item) => group([item(), t.takeIf(',')]))))
}
