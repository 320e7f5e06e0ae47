/**
 * A changed text into a tree, by reading only what the change can have touched: items before and after it are taken from
 * the tree of the text before, the same objects moved to where they now are. The tree before is used up by this, for its
 * nodes lie elsewhere afterwards. The result is what `parse` makes of the text, node by node.
 */
import type { TopLevel } from './ast.ts'
import { Cursor, FINDING_LIMIT } from './cursor.ts'
import { finishTree, parse, type Remains, remainsOf } from './parse.ts'
import { atTheStart, type Items, type Progress, parseItems, programOf, progressAfter } from './program.ts'
import type { SyntaxTree, Token } from './tree.ts'

export function reparse(before: SyntaxTree, source: string): SyntaxTree {
  const remains = remainsOf(before)
  // Findings beyond the limit are left out, and which those are is known only to who reads the whole text.
  if (!remains || before.findings.length > FINDING_LIMIT / 2) return parse(source)
  const change = changeBetween(before.source, source)
  const first = firstRead(before, change.start)
  return first === 0 ? parse(source) : readOn(before, remains, source, change, first)
}

/** The part of the text before that is another now: from `start` to `end`, and where it ends in the text now. */
interface Change {
  readonly start: number
  readonly end: number
  readonly endNow: number
}

function changeBetween(before: string, now: string): Change {
  const shorter = Math.min(before.length, now.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === now.charCodeAt(start)) start++
  let same = 0
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === now.charCodeAt(now.length - 1 - same)
  ) {
    same++
  }
  return { start, end: before.length - same, endNow: now.length - same }
}

/**
 * The item that reading starts with. Items are read with an eye on what follows, so the last one that lies whole before
 * the change is read again.
 */
function firstRead({ program: { items }, tokens }: SyntaxTree, changeStart: number): number {
  let index = items.findLastIndex(({ span }) => span.end < changeStart)
  while (index > 0 && !beginsWithToken(items[index], tokens)) index--
  return Math.max(index, 0)
}

/** One that begins with something missing begins where the one before ends. */
function beginsWithToken(item: TopLevel | undefined, tokens: readonly Token[]): item is TopLevel {
  return item !== undefined && item.firstToken <= item.lastToken && tokens[item.firstToken]?.start === item.span.start
}

function readOn(before: SyntaxTree, remains: Remains, source: string, change: Change, first: number): SyntaxTree {
  const { program, findings } = before
  const { tokens } = remains
  const start = program.items[first]
  const findingsBefore = remains.findingsBefore[first]
  if (!start || findingsBefore === undefined) return parse(source)
  const progress = [atTheStart]
  for (const [index, item] of program.items.entries()) progress.push(progressAfter(progress[index] ?? atTheStart, item))

  // The tokens from there on leave the array, which goes on as that of the new tree.
  const later = tokens.splice(start.firstToken)
  const tokenAt = start.firstToken
  const lastTaken = program.items[first - 1]?.lastToken ?? -1
  const cursor = new Cursor(source, { tokens, lastTaken, offset: start.span.start })
  cursor.findings.push(...findings.slice(0, findingsBefore))
  const read: Items = {
    items: program.items.slice(0, first),
    findingsBefore: remains.findingsBefore.slice(0, first),
  }

  const moved = change.endNow - change.end
  let next = first
  const meetsKept = (at: Progress): boolean => {
    if (!cursor.fresh || cursor.start < change.endNow) return false
    while ((program.items[next]?.span.start ?? Infinity) < cursor.start - moved) next++
    const item = program.items[next]
    return (
      item?.span.start === cursor.start - moved &&
      item.span.start >= change.end &&
      later[item.firstToken - tokenAt]?.start === item.span.start &&
      remains.findingsBefore[next] !== undefined &&
      isSame(at, progress[next])
    )
  }
  parseItems(cursor, read, progress[first] ?? atTheStart, meetsKept)
  if (!cursor.done)
    keep(cursor, read, before, remains, {
      next,
      moved,
      later: later.slice((program.items[next]?.firstToken ?? 0) - tokenAt),
    })
  if (cursor.findings.length > FINDING_LIMIT / 2) return parse(source)
  return finishTree(cursor, programOf(cursor, program.firstToken, read), read.findingsBefore)
}

const isSame = (left: Progress, right: Progress | undefined) =>
  left.stage === right?.stage && left.hasConfig === right.hasConfig

/** Takes over everything from the item `next` on, moved to its place. */
function keep(
  cursor: Cursor,
  read: Items,
  before: SyntaxTree,
  remains: Remains,
  { next, moved, later }: { readonly next: number; readonly moved: number; readonly later: readonly Token[] },
): void {
  const items = before.program.items.slice(next)
  const movedTokens = cursor.tokens.length - (items[0]?.firstToken ?? 0)
  const findingsStart = remains.findingsBefore[next] ?? 0
  const findingsEnd = remains.findingsBefore.at(-1) ?? 0
  const kept = before.findings.slice(findingsStart, findingsEnd)
  const movedFindings = cursor.findings.length - findingsStart
  if (moved !== 0) {
    for (const token of later) move(token, moved)
    for (const { span } of kept) move(span, moved)
  }
  if (moved !== 0 || movedTokens !== 0) for (const item of items) moveItem(item, moved, movedTokens)
  cursor.takeAll(later, before.program.lastToken + movedTokens)
  cursor.findings.push(...kept)
  read.items.push(...items)
  for (const count of remains.findingsBefore.slice(next, -1)) {
    read.findingsBefore.push(count === undefined ? undefined : count + movedFindings)
  }
}

function move(span: { start: number; end: number }, by: number): void {
  span.start += by
  span.end += by
}

/** Everything of an item that says where it is. */
interface Places {
  readonly spans: { start: number; end: number }[]
  readonly nodes: { firstToken: number; lastToken: number }[]
}

const places = new WeakMap<TopLevel, Places>()

function moveItem(item: TopLevel, by: number, tokens: number): void {
  let known = places.get(item)
  if (!known) {
    known = placesOf(item)
    places.set(item, known)
  }
  for (const span of known.spans) move(span, by)
  for (const node of known.nodes) {
    node.firstToken += tokens
    node.lastToken += tokens
  }
}

/** Found by their form, so that no kind of node and no further span of one can be forgotten. Some nodes share a span. */
function placesOf(item: TopLevel): Places {
  const found: Places = { spans: [], nodes: [] }
  const seen = new Set<object>()
  const pending: object[] = [item]
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
