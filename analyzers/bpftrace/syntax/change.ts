/** What a change of the text does to what was read of it before: nodes and tokens after it lie elsewhere. */
import type { Statement, TopLevel } from './ast.ts'
import type { Token } from './tree.ts'

/** The part of the text before that is another now: from `start` to `end`, and where it ends in the text now. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly endNow: number
}

/** One that begins with something missing begins where the one before ends. */
export function beginsWithToken<T extends TopLevel | Statement>(
  node: T | undefined,
  tokens: readonly Token[],
): node is T {
  return node !== undefined && node.firstToken <= node.lastToken && tokens[node.firstToken]?.start === node.span.start
}

export function move(span: { start: number; end: number }, by: number): void {
  span.start += by
  span.end += by
}

/** Everything of a node and what is below it that says where it is. */
interface Places {
  readonly spans: { start: number; end: number }[]
  readonly nodes: { firstToken: number; lastToken: number }[]
}

const places = new WeakMap<TopLevel | Statement, Places>()

/** The statements of a probe are moved by themselves, because they outlive it when it is read again. */
export function moveItem(item: TopLevel, by: number, tokens: number): void {
  const apart = item.kind === 'Probe' ? item.body.statements : []
  moveAll(item, apart, by, tokens)
  for (const statement of apart) moveAll(statement, [], by, tokens)
}

export const moveStatement = (statement: Statement, by: number, tokens: number): void =>
  moveAll(statement, [], by, tokens)

function moveAll(node: TopLevel | Statement, apart: readonly Statement[], by: number, tokens: number): void {
  let known = places.get(node)
  if (!known) {
    known = placesOf(node, apart)
    places.set(node, known)
  }
  for (const span of known.spans) move(span, by)
  for (const each of known.nodes) {
    each.firstToken += tokens
    each.lastToken += tokens
  }
}

/** Found by their form, so that no kind of node and no further span of one can be forgotten. Some nodes share a span. */
function placesOf(node: TopLevel | Statement, apart: readonly Statement[]): Places {
  const found: Places = { spans: [], nodes: [] }
  const seen = new Set<object>(apart.flatMap((each) => [each, each.span]))
  const pending: object[] = [node]
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (seen.has(value)) continue
    seen.add(value)
    if (isSpan(value)) found.spans.push(value)
    if (isPlaced(value)) found.nodes.push(value)
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) pending.push(inner)
  }
  return found
}

/** A range has a `start` and an `end` too, which are nodes. */
const isSpan = (value: object): value is { start: number; end: number } =>
  'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number'

const isPlaced = (value: object): value is { firstToken: number; lastToken: number } =>
  'firstToken' in value && typeof value.firstToken === 'number' && 'lastToken' in value
