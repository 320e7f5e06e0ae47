/** Fixes of maps: their keys, and aggregates that have to be kept in one. */
import { mapTypes } from '../catalog/map-types.ts'
import type { Fix, Span } from '../diagnostic.ts'
import { aggregations, type Vocabulary } from '../spelling/words.ts'
import type { Expression } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { atLeast } from '../version.ts'
import { allAround, allIn, around, callAt, freeName, nodeAt, statementAround, textOf } from './find.ts'
import { wholeStatement } from './statements.ts'
import { asType } from './values.ts'

/** A key that means the same wherever it is written: builtins and literals. */
const isAnywhere = (key: Expression): boolean =>
  key.kind === 'Identifier' ||
  key.kind === 'IntegerLiteral' ||
  key.kind === 'StringLiteral' ||
  (key.kind === 'Tuple' && key.elements.every(isAnywhere))

/** The keys that another access to the map has, where they are others. */
function keysElsewhere(tree: SyntaxTree, name: string, own: string): string | undefined {
  return allIn(tree.program, 'MapAccess')
    .filter((access) => access.map.name === name && access.keys.length > 0 && access.keys.every(isAnywhere))
    .map((access) => access.keys.map((key) => textOf(tree, key)).join(', '))
    .find((keys) => keys !== own)
}

/** `@a = 2` as `@a[pid] = 2`, when that is how the map is used elsewhere. */
export function withKey(tree: SyntaxTree, span: Span, name: string): readonly Fix[] {
  const keys = nodeAt(tree, span, 'MapReference') ? keysElsewhere(tree, name, '') : undefined
  if (keys === undefined) return []
  const at = { start: span.end, end: span.end }
  return [{ title: `Use the key \`[${keys}]\``, edits: [{ span: at, newText: `[${keys}]` }], safe: false }]
}

export function withoutKey(tree: SyntaxTree, span: Span): readonly Fix[] {
  const access = nodeAt(tree, span, 'MapAccess')
  if (!access) return []
  const key = { start: access.map.span.end, end: access.span.end }
  return [{ title: 'Remove the key', edits: [{ span: key, newText: '' }], safe: false }]
}

/** The key that other accesses have instead of this one. */
export function sameKey(tree: SyntaxTree, span: Span): readonly Fix[] {
  const access = nodeAt(tree, span, 'MapAccess')
  const [first, last] = [access?.keys[0], access?.keys.at(-1)]
  if (!access || !first || !last) return []
  const place = { start: first.span.start, end: last.span.end }
  const keys = keysElsewhere(tree, access.map.name, access.keys.map((key) => textOf(tree, key)).join(', '))
  if (keys === undefined) return []
  return [{ title: `Use the key \`[${keys}]\``, edits: [{ span: place, newText: keys }], safe: false }]
}

/** `$a = count()` and `count();` as `@a = count()`; a variable becomes the map in its whole probe. */
export function intoMap(tree: SyntaxTree, span: Span): readonly Fix[] {
  const call = callAt(tree, span)
  const statement = call && statementAround(tree, span)?.statement
  if (!call || !statement) return []
  if (statement.kind === 'ExpressionStatement' && statement.expression === call) {
    const at = { start: span.start, end: span.start }
    return [{ title: 'Keep it in the map `@`', edits: [{ span: at, newText: '@ = ' }], safe: false }]
  }
  if (statement.kind !== 'Assignment' || statement.value !== call) return []
  const { target, operator, operatorSpan } = statement
  if (target.kind === 'MapReference' || target.kind === 'MapAccess') {
    if (operator === '=') return []
    return [{ title: 'Replace with `=`', edits: [{ span: operatorSpan, newText: '=' }], safe: false }]
  }
  if (target.kind !== 'Variable') return []
  const map = freeName(tree, `@${target.name.slice(1)}`)
  const places = allAround(tree, span, 'Variable').filter(({ name }) => name === target.name)
  return [
    {
      title: `Keep it in the map \`${map}\``,
      edits: places.map((place) => ({ span: place.span, newText: map })),
      safe: false,
    },
  ]
}

/** `lhist()` with the bounds that the same map has where it is filled first. */
export function sameBounds(tree: SyntaxTree, span: Span, map: string): readonly Fix[] {
  const call = callAt(tree, span)
  const name = call?.callee.text
  const first = allIn(tree.program, 'Assignment').find(({ target, value }) => {
    const isMap = target.kind === 'MapAccess' ? target.map.name === map : 'name' in target && target.name === map
    return isMap && value.kind === 'Call' && value.callee.text === name
  })?.value
  if (call === undefined || first?.kind !== 'Call' || first === call) return []
  const [bounds, own] = [first.arguments.slice(1), call.arguments.slice(1)]
  const value = call.arguments[0]
  const end = own.at(-1)?.span.end ?? value?.span.end
  if (value === undefined || end === undefined || bounds.length === 0) return []
  const newText = bounds.map((each) => `, ${textOf(tree, each)}`).join('')
  return [
    {
      title: `Use the bounds \`${newText.slice(2)}\` of the first`,
      edits: [{ span: { start: value.span.end, end }, newText }],
      safe: false,
    },
  ]
}

/** `@b = @a` as `@b = hist(…)`, when `@a` is filled so in the same probe. */
export function callDirectly(tree: SyntaxTree, span: Span): readonly Fix[] {
  const assignment = nodeAt(tree, span, 'Assignment')
  const from = assignment?.value
  const name = from?.kind === 'MapAccess' ? from.map.name : from?.kind === 'MapReference' ? from.name : undefined
  if (!assignment || !from || name === undefined || assignment.target.kind === 'Variable') return []
  const source = allAround(tree, span, 'Assignment').find(({ target, value }) => {
    const filled = target.kind === 'MapAccess' ? target.map.name : target.kind === 'MapReference' ? target.name : ''
    return filled === name && value.kind === 'Call' && value.span.end <= span.start
  })?.value
  if (!source) return []
  const newText = textOf(tree, source)
  return [{ title: `Replace with \`${newText}\``, edits: [{ span: from.span, newText }], safe: false }]
}

/** `@a = 0` where `@a` is an aggregate: what was meant is to begin anew. */
export function beginAnew(tree: SyntaxTree, span: Span, byAccess: boolean): readonly Fix[] {
  const assignment = nodeAt(tree, span, 'Assignment') ?? around(tree, span, 'Assignment')
  if (assignment?.operator !== '=' || assignment.value.kind !== 'IntegerLiteral') return []
  const { target, value } = assignment
  if (value.value !== 0n) return []
  const place = { start: target.span.start, end: value.span.end }
  const text = textOf(tree, target)
  const keys = target.kind === 'MapAccess' ? target.keys.map((key) => textOf(tree, key)).join(', ') : ''
  const single = target.kind === 'MapAccess' && target.keys.length === 1 ? keys : `(${keys})`
  const newText =
    target.kind === 'MapReference'
      ? `clear(${text})`
      : target.kind === 'MapAccess'
        ? `delete(${byAccess ? text : `${target.map.name}, ${single}`})`
        : ''
  return newText === ''
    ? []
    : [{ title: `Replace with \`${newText}\``, edits: [{ span: place, newText }], safe: false }]
}

/** What stands where a map has to: a key too many, or the name of a map without its sign. */
export function asMap(tree: SyntaxTree, span: Span, callee: string, maps: readonly string[]): readonly Fix[] {
  const call = callAt(tree, span)
  const argument = (call?.callee.text === callee ? call.arguments[0]?.span : undefined) ?? span
  if (nodeAt(tree, argument, 'MapAccess')) return withoutKey(tree, argument)
  const named = nodeAt(tree, argument, 'Identifier', 'Variable')
  const [only, ...others] = maps
  const own = named ? `@${named.name.replace(/^\$/, '')}` : ''
  const map = maps.includes(own) ? own : others.length === 0 ? only : undefined
  return map === undefined
    ? []
    : [{ title: `Replace with \`${map}\``, edits: [{ span: argument, newText: map }], safe: false }]
}

/** The kind of map that holds what is put into it: aggregates need one for each CPU, everything else must not have it. */
export function otherMapType({ program }: SyntaxTree, name: string, declared: string): readonly Fix[] {
  const declaration = program.items.find((item) => item.kind === 'MapDeclaration' && item.map.name === name)
  if (declaration?.kind !== 'MapDeclaration') return []
  const newText = declared.startsWith('percpu') ? declared.slice('percpu'.length) : `percpu${declared}`
  return [{ title: `Replace with \`${newText}\``, edits: [{ span: declaration.type.span, newText }], safe: false }]
}

/** A value as the map's type; zero where an aggregate is, is a new beginning. */
export function fittingValue({ tree, catalog }: Vocabulary, span: Span, type: string, current: string): readonly Fix[] {
  const anew = /^u?(?:count|sum|avg|min|max|stats|hist|lhist|tseries)(?:_t)?$/.test(current)
    ? beginAnew(tree, span, !atLeast(catalog.version, '0.22'))
    : []
  const outer = around(tree, span, 'Assignment')
  // The older compiler names the map.
  const assignment = outer?.span.start === span.start ? outer : undefined
  if (anew.length > 0) return anew
  return assignment ? asType(tree, assignment.value, type, current) : withoutFirstZero(tree, span)
}

/** Aggregates begin by themselves: `@a = 0` before `@a = count()` only makes it a number. */
function withoutFirstZero(tree: SyntaxTree, span: Span): readonly Fix[] {
  const aggregate = callAt(tree, span) && around(tree, span, 'Assignment')
  const name = aggregate ? mapOf(aggregate.target) : undefined
  const zeros = allIn(tree.program, 'Assignment').filter(
    ({ target, value }) => mapOf(target) === name && value.kind === 'IntegerLiteral' && value.value === 0n,
  )
  const [first] = zeros
  if (!first || name === undefined) return []
  const edits = zeros.map((each) => ({ span: wholeStatement(tree, each.span), newText: '' }))
  return [{ title: `Remove \`${textOf(tree, first).replace(/;$/, '')}\``, edits, safe: false }]
}

const mapOf = (target: Expression): string | undefined =>
  target.kind === 'MapAccess' ? target.map.name : target.kind === 'MapReference' ? target.name : undefined

/** `@a[(1, 2)]` as `@a[1, 2]`. */
export function keysSideBySide(tree: SyntaxTree, span: Span): readonly Fix[] {
  const [key, ...more] = nodeAt(tree, span, 'MapAccess')?.keys ?? []
  if (key?.kind !== 'Tuple' || more.length > 0 || key.elements.length === 0) return []
  const newText = key.elements.map((element) => textOf(tree, element)).join(', ')
  return [{ title: `Write the key as \`[${newText}]\``, edits: [{ span: key.span, newText }], safe: true }]
}

/** The kinds that a declared map may be of, by what the program puts into it. */
export function fittingMapTypes(words: Vocabulary, span: Span): readonly string[] {
  const map = around(words.tree, span, 'MapDeclaration')?.map.name
  const aggregates = aggregations(words)
  const holdsAggregate = allIn(words.tree.program, 'Assignment').some(({ target, value }) => {
    const name = target.kind === 'MapAccess' ? target.map.name : target.kind === 'MapReference' ? target.name : ''
    return name === map && value.kind === 'Call' && aggregates.includes(value.callee.text)
  })
  return mapTypes.map(({ name }) => name).filter((name) => name.startsWith('percpu') === holdsAggregate)
}

/** A loop over a map that cannot be looped over: its whole is printed instead. */
export function printedWhole(tree: SyntaxTree, span: Span): readonly Fix[] {
  const loop = around(tree, span, 'For')
  if (loop?.iterable.kind !== 'MapReference') return []
  const newText = `print(${loop.iterable.name});`
  return [{ title: `Replace the loop with \`${newText}\``, edits: [{ span: loop.span, newText }], safe: false }]
}
