/**
 * Fixes that give an expression another type: quotes put around a number or taken from it, `str()` around a pointer to
 * characters, a cast. From and to are types as messages write them.
 */
import type { Fix, Span } from '../diagnostic.ts'
import type { Expression, Node } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { pathTo } from '../syntax/visit.ts'
import { allAround, allIn, around, nodeAt, onlyValue, textOf } from './find.ts'

type Sort = 'integer' | 'string' | 'pointer' | 'other'

export function sortOf(type: string): Sort {
  if (/^string\b/.test(type)) return 'string'
  if (/\*$|^pointer$/.test(type)) return 'pointer'
  return /^(?:(?:unsigned )?u?int(?:8|16|32|64)?|integer|bool)$/.test(type) ? 'integer' : 'other'
}

/** What binds at least as tightly as a cast. */
const tight: ReadonlySet<Expression['kind']> = new Set([
  'Identifier',
  'IntegerLiteral',
  'StringLiteral',
  'Variable',
  'PositionalParameter',
  'ParameterCount',
  'MapReference',
  'MapAccess',
  'Call',
  'FieldAccess',
  'TupleAccess',
  'IndexAccess',
  'Cast',
  'Tuple',
  'Parenthesized',
])

const surround = (node: Expression, open: string, close: string, title: string, safe: boolean): readonly Fix[] => [
  {
    title,
    edits: [
      { span: { start: node.span.start, end: node.span.start }, newText: open },
      { span: { start: node.span.end, end: node.span.end }, newText: close },
    ],
    safe,
  },
]

/** Several expressions at once. */
export function castAll(nodes: readonly Expression[], type: string, safe = false): readonly Fix[] {
  const casts = nodes.flatMap((node) => castTo(node, type, safe))
  const [first] = casts
  return first ? [{ ...first, edits: casts.flatMap(({ edits }) => edits) }] : []
}

export function castTo(node: Expression, type: string, safe = false): readonly Fix[] {
  const written = castName(type)
  if (written === undefined) return []
  // A literal with a sign is one operand.
  const isTight = tight.has(node.kind) || (node.kind === 'Unary' && node.operand.kind === 'IntegerLiteral')
  const title = `Cast to \`${written}\``
  if (!isTight) return surround(node, `(${written})(`, ')', title, safe)
  const at = { start: node.span.start, end: node.span.start }
  return [{ title, edits: [{ span: at, newText: `(${written})` }], safe }]
}

/** A type as a cast takes it; undefined for what nothing can be cast to. */
function castName(type: string): string | undefined {
  if (type === 'integer') return 'int64'
  const plain = type.replace(/^unsigned int/, 'uint')
  return /^(?:bool|u?int(?:8|16|32|64)|(?:(?:struct|union|enum) )?\w+ ?\*+)$/.test(plain) ? plain : undefined
}

const change = (node: Expression, newText: string): readonly Fix[] => [
  { title: `Replace with \`${newText}\``, edits: [{ span: node.span, newText }], safe: false },
]

/** An expression of one type where another one is due. */
export function asType(tree: SyntaxTree, node: Expression, from: string, to: string): readonly Fix[] {
  const [is, due] = [sortOf(from), sortOf(to)]
  if (due === 'string') {
    if (node.kind === 'IntegerLiteral') return change(node, `"${textOf(tree, node)}"`)
    const isAddress = is === 'pointer' || isArgument(node)
    return isAddress ? surround(node, 'str(', ')', 'Read the text with `str()`', false) : []
  }
  if (is === 'string') {
    if (due !== 'integer') return []
    if (node.kind === 'StringLiteral') return /^-?(?:0x[\da-f]+|\d+)$/i.test(node.value) ? change(node, node.value) : []
    const [inner] = node.kind === 'Call' && node.callee.text === 'str' ? node.arguments : []
    return inner && node.kind === 'Call' && node.arguments.length === 1 ? change(node, textOf(tree, inner)) : []
  }
  // Half an address is none.
  if (is === 'pointer' && due === 'integer' && !/64$/.test(to)) return []
  return is === 'other' || due === 'other' || from === to ? [] : castTo(node, to)
}

const isArgument = (node: Expression) => node.kind === 'Identifier' && /^arg\d+$/.test(node.name)

/** Of two sides that do not go together: a literal gives way, then a pointer. */
export function alike(
  tree: SyntaxTree,
  left: readonly [node: Expression, type: string],
  right: readonly [node: Expression, type: string],
): readonly Fix[] {
  const sides = [
    [...right, left[1]],
    [...left, right[1]],
  ] as const
  const isLiteral = (node: Expression) => node.kind === 'IntegerLiteral' || node.kind === 'StringLiteral'
  return [...sides]
    .sort(([a], [b]) => Number(isLiteral(b)) - Number(isLiteral(a)))
    .flatMap(([node, from, to]) => asType(tree, node, from, to))
    .slice(0, 1)
}

/** The two branches of `c ? a : b`. */
export function alikeBranches(tree: SyntaxTree, span: Span, left: string, right: string): readonly Fix[] {
  const choice = nodeAt(tree, span, 'Conditional')
  return choice?.consequent ? alike(tree, [choice.consequent, left], [choice.alternate, right]) : []
}

export function alikeSides(tree: SyntaxTree, span: Span, left: string, right: string): readonly Fix[] {
  const binary = nodeAt(tree, span, 'Binary')
  return binary ? alike(tree, [binary.left, left], [binary.right, right]) : []
}

/** A cast of `str(x)` as one of `x`. */
export function otherOperand(tree: SyntaxTree, span: Span): readonly Fix[] {
  const operand = around(tree, span, 'Cast')?.operand
  if (operand?.kind !== 'Call' || operand.callee.text !== 'str' || operand.arguments.length !== 1) return []
  const [inner] = operand.arguments
  return inner ? change(operand, textOf(tree, inner)) : []
}

export function withoutCast(tree: SyntaxTree, span: Span): readonly Fix[] {
  const cast = around(tree, span, 'Cast')
  if (!cast) return []
  const place = { start: cast.span.start, end: cast.operand.span.start }
  return [{ title: 'Remove the cast', edits: [{ span: place, newText: '' }], safe: false }]
}

/** A text as a condition: whether there is one. */
export function notEmpty(tree: SyntaxTree, span: Span, type: string): readonly Fix[] {
  const holder = nodeAt(tree, span, 'If', 'Conditional', 'While')?.condition
  const condition = holder ?? nodeAt(tree, span, 'Predicate')?.condition
  if (sortOf(type) !== 'string' || !condition || !tight.has(condition.kind) || condition.kind === 'StringLiteral')
    return []
  const at = { start: condition.span.end, end: condition.span.end }
  return [{ title: 'Compare with `""`', edits: [{ span: at, newText: ' != ""' }], safe: false }]
}

export function castContext(tree: SyntaxTree, span: Span): readonly Fix[] {
  const context = allAround(tree, span, 'Identifier').find(
    ({ name, span: place }) => name === 'ctx' && span.start <= place.start && place.end <= span.end,
  )
  return context ? castTo(context, 'uint64') : []
}

/** What is a structure already is not dereferenced; of a number it is said what it points to. */
export function withoutDereference(tree: SyntaxTree, span: Span, type: string): readonly Fix[] {
  const node = nodeAt(tree, span, 'FieldAccess', 'Unary')
  if (node?.kind === 'FieldAccess') {
    const between = { start: node.object.span.end, end: node.field.span.start }
    if (!tree.source.slice(between.start, between.end).includes('->')) return []
    return [{ title: 'Replace with `.`', edits: [{ span: between, newText: '.' }], safe: false }]
  }
  if (node?.operator !== '*') return []
  if (sortOf(type) === 'integer') return castTo(node.operand, 'uint64 *')
  return change(node, textOf(tree, node.operand))
}

export function otherIndex(tree: SyntaxTree, span: Span, newText: string, what: string): readonly Fix[] {
  const index = nodeAt(tree, span, 'IndexAccess', 'TupleAccess')?.index
  if (!index || newText.startsWith('-')) return []
  return [{ title: `Take ${what}: \`${newText}\``, edits: [{ span: index.span, newText }], safe: false }]
}

/** `$t[$i]` with the number that `$i` is. */
export function inlinedIndex(tree: SyntaxTree, span: Span): readonly Fix[] {
  const index = nodeAt(tree, span, 'IndexAccess')?.index
  const value = index?.kind === 'Variable' ? onlyValue(tree, span, index.name) : undefined
  return index && value?.kind === 'IntegerLiteral' ? change(index, textOf(tree, value)) : []
}

/** `$a[1]` of a pointer to nothing in particular, byte by byte. */
export function sizedElements(tree: SyntaxTree, span: Span): readonly Fix[] {
  const object = nodeAt(tree, span, 'IndexAccess')?.object
  return object ? surround(object, '((uint8 *)', ')', 'Take it as bytes', false) : []
}

/** A bare word or a variable's name as a text. */
export function quoted(tree: SyntaxTree, span: Span): readonly Fix[] {
  const node = nodeAt(tree, span, 'Identifier', 'Variable')
  return node ? change(node, `"${node.name.replace(/^\$/, '')}"`) : []
}

/** Pointers in arithmetic that is for numbers only. */
export function pointersAsNumbers(tree: SyntaxTree, span: Span, types: string): readonly Fix[] {
  const binary = nodeAt(tree, span, 'Binary')
  const [left = '', right = '', ...more] = types.split(', ')
  if (!binary || more.length > 0) return []
  if (sortOf(left) === 'string' || sortOf(right) === 'string')
    return alike(tree, [binary.left, left], [binary.right, right])
  const pointers = [
    ...(sortOf(left) === 'pointer' ? [binary.left] : []),
    ...(sortOf(right) === 'pointer' ? [binary.right] : []),
  ]
  return castAll(pointers, 'uint64')
}

/** The side without a sign as one with it. */
export function sameSign(tree: SyntaxTree, span: Span, left: string, right: string): readonly Fix[] {
  const binary = nodeAt(tree, span, 'Binary')
  if (!binary) return []
  const isUnsigned = (type: string) => /^u(?:nsigned )?int/.test(type)
  return castAll([...(isUnsigned(left) ? [binary.left] : []), ...(isUnsigned(right) ? [binary.right] : [])], 'int64')
}

/** `str($1 * 2)` as `str($1)`. */
export function parameterAlone(tree: SyntaxTree, span: Span): readonly Fix[] {
  const argument = nodeAt(tree, span, 'Binary')
  if (!argument) return []
  const [parameter, ...more] = allIn(argument, 'PositionalParameter')
  return parameter && more.length === 0 ? change(argument, textOf(tree, parameter)) : []
}

/** A variable or map without its sign. */
export function withSign(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const node = nodeAt(tree, span, 'Identifier')
  if (!node || node.name !== name) return []
  const isOwn = allAround(tree, span, 'Variable').some((each) => each.name === `$${name}`)
  if (isOwn) return change(node, `$${name}`)
  const isMap = allIn(tree.program, 'MapReference').some((each) => each.name === `@${name}`)
  return isMap ? change(node, `@${name}`) : []
}

/** A word that is compared with a text and so is one. */
export function bareText(tree: SyntaxTree, span: Span): readonly Fix[] {
  const comparison = around(tree, span, 'Binary')
  if (comparison?.operator !== '==' && comparison?.operator !== '!=') return []
  const { left, right } = comparison
  const [node, other] = left.span.start === span.start ? [left, right] : [right, left]
  return node.kind === 'Identifier' && node.span.start === span.start && isText(other) ? quoted(tree, span) : []
}

const isText = (node: Expression) =>
  node.kind === 'StringLiteral' ||
  (node.kind === 'Identifier' && node.name === 'comm') ||
  (node.kind === 'Call' && (node.callee.text === 'str' || node.callee.text === 'comm'))

/** The cast that the compiler makes, written out. */
export function explicitCast(tree: SyntaxTree, span: Span, type: string): readonly Fix[] {
  const node = valueAt(tree, span)
  const value = node?.kind === 'Block' ? node.result : node
  const isOne = value && !['If', 'Block', 'Record', 'Tuple'].includes(value.kind)
  return isOne ? castTo(value, type, true) : []
}

const statements: ReadonlySet<Node['kind']> = new Set(['ExpressionStatement', 'Assignment', 'Jump', 'Discard'])

/** The expression that covers exactly this place; a cast is named by its type alone. */
function valueAt(tree: SyntaxTree, span: Span): Expression | undefined {
  const isIt = (node: Node): node is Expression =>
    !statements.has(node.kind) &&
    node.span.start === span.start &&
    (node.span.end === span.end || (node.kind === 'Cast' && node.type.span.end < span.end))
  return pathTo(tree.program, span.start).findLast(isIt)
}

/** Without a cast that changes nothing, and without the parentheses that only it needed. */
export function withoutNeedlessCast(tree: SyntaxTree, span: Span): readonly Fix[] {
  const path = pathTo(tree.program, span.start)
  const index = path.findLastIndex((node) => node.kind === 'Cast' && node.span.start === span.start)
  const [parent, cast] = [path[index - 1], path[index]]
  if (cast?.kind !== 'Cast') return []
  const { operand } = cast
  const title = 'Remove the cast'
  if (parent?.kind === 'Parenthesized' && tight.has(operand.kind)) {
    return [{ title, edits: [{ span: parent.span, newText: textOf(tree, operand) }], safe: true }]
  }
  return [{ title, edits: [{ span: { start: span.start, end: operand.span.start }, newText: '' }], safe: true }]
}
