/**
 * A changed text into a tree, by reading only what the change can have touched: items before and after it are taken from
 * the tree of the text before, the same objects moved to where they now are. The tree before is used up by this, for its
 * nodes lie elsewhere afterwards. The result is what `parse` makes of the text, node by node.
 */
import { beginsWithToken, type Change, move, moveItem } from './change.ts'
import { Cursor, FINDING_LIMIT } from './cursor.ts'
import { finishTree, parse, type Remains, remainsOf } from './parse.ts'
import { atTheStart, type Items, type Progress, parseItems, programOf, progressAfter } from './program.ts'
import { reparseBody } from './reparse-body.ts'
import type { SyntaxTree, Token } from './tree.ts'

export function reparse(before: SyntaxTree, source: string): SyntaxTree {
  const remains = remainsOf(before)
  // Findings beyond the limit are left out, and which those are is known only to who reads the whole text.
  if (!remains || before.findings.length > FINDING_LIMIT / 2) return parse(source)
  const change = changeBetween(before.source, source)
  const within = reparseBody(before, remains, source, change)
  if (within) return within
  const first = firstRead(before, change.start)
  return first === 0 ? parse(source) : readOn(before, remains, source, change, first)
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
