/**
 * A change within the body of one probe: only the statements that it can have touched are read, those before and after
 * it are the same objects as before, moved to where they now are. Undefined where the change reaches further than that;
 * nothing of the tree before is used up then.
 */
import type { Block, Probe, TopLevel } from './ast.ts'
import { beginsWithToken, type Change, move, moveItem, moveStatement } from './change.ts'
import { Cursor, FINDING_LIMIT } from './cursor.ts'
import { finishTree, type Remains } from './parse.ts'
import { type Items, programOf } from './program.ts'
import { findingsBeforeStatements, parseStatements, rememberFindings, type Statements } from './statements.ts'
import { isTrivia, type SyntaxTree, type Token } from './tree.ts'

export function reparseBody(
  before: SyntaxTree,
  remains: Remains,
  source: string,
  change: Change,
): SyntaxTree | undefined {
  const index = before.program.items.findLastIndex(({ span }) => span.start < change.start)
  const probe = before.program.items[index]
  const place = probe?.kind === 'Probe' ? placeOf(probe, index, before, remains, change) : undefined
  if (!place) return undefined
  const { statements } = place.probe.body
  const start = statements[place.first]
  if (!start) return undefined

  const { tokens } = remains
  // The tokens from there on leave the array, which goes on as that of the new tree.
  const later = tokens.splice(start.firstToken)
  const tokenAt = start.firstToken
  const cursor = new Cursor(source, { tokens, lastTaken: place.lastTaken, offset: start.span.start })
  cursor.findings.push(...before.findings.slice(0, place.itemFindings + place.firstFindings))
  cursor.itemFindings = place.itemFindings
  const read: Statements = {
    statements: statements.slice(0, place.first),
    findingsBefore: place.findingsBefore.slice(0, place.first),
  }
  const moved = change.endNow - change.end
  let next = place.first
  const meetsKept = (): boolean => {
    if (!cursor.fresh || cursor.start < change.endNow) return false
    while ((statements[next]?.span.start ?? Infinity) < cursor.start - moved) next++
    const statement = statements[next]
    return (
      statement?.span.start === cursor.start - moved &&
      statement.span.start >= change.end &&
      later[statement.firstToken - tokenAt]?.start === statement.span.start &&
      place.findingsBefore[next] !== undefined
    )
  }
  cursor.nested(() => {
    parseStatements(cursor, read, meetsKept)
    return start
  })
  const atEnd = cursor.at('}') && cursor.fresh && cursor.start - moved === place.close.start
  if (atEnd) next = statements.length
  const isMany = before.findings.length + cursor.findings.length > FINDING_LIMIT / 2
  if (isMany || cursor.done || (cursor.at('}') && !atEnd)) {
    tokens.length = tokenAt
    for (const token of later) tokens.push(token)
    return undefined
  }
  return keep(cursor, read, { before, remains, place, index, next, moved, later, tokenAt })
}

/** Where reading begins within a probe, and what is known of what comes before. */
interface Place {
  readonly probe: Probe
  /** The statement. */
  readonly first: number
  /** Index of the last token before it that is no layout. */
  readonly lastTaken: number
  readonly close: Token
  readonly findingsBefore: Statements['findingsBefore']
  /** Before the probe, and in it before the statement. */
  readonly itemFindings: number
  readonly firstFindings: number
}

function placeOf(
  probe: Probe,
  index: number,
  { tokens, source }: SyntaxTree,
  remains: Remains,
  change: Change,
): Place | undefined {
  const { body } = probe
  const close = tokens[body.lastToken]
  const findingsBefore = findingsBeforeStatements(body)
  const itemFindings = remains.findingsBefore[index]
  const isWhole = close && source.slice(close.start, close.end) === '}' && body.lastToken === probe.lastToken
  if (!isWhole || change.end > close.start || !findingsBefore || itemFindings === undefined) return undefined
  const first = firstRead(body, tokens, change.start)
  const firstFindings = first === undefined ? undefined : findingsBefore[first]
  if (first === undefined || firstFindings === undefined) return undefined
  let lastTaken = (body.statements[first]?.firstToken ?? 0) - 1
  for (let token = tokens[lastTaken]; token && isTrivia(token); token = tokens[lastTaken]) lastTaken--
  return { probe, first, lastTaken, close, findingsBefore, itemFindings, firstFindings }
}

/** A statement is read with an eye on what follows, so that the last whole one before the change is read again. */
function firstRead({ statements }: Block, tokens: readonly Token[], changeStart: number): number | undefined {
  let index = Math.max(
    0,
    statements.findLastIndex(({ span }) => span.end < changeStart),
  )
  while (index > 0 && !beginsWithToken(statements[index], tokens)) index--
  const first = statements[index]
  return beginsWithToken(first, tokens) && first.span.start < changeStart ? index : undefined
}

interface Kept {
  readonly before: SyntaxTree
  readonly remains: Remains
  readonly place: Place
  readonly index: number
  /** The first statement that is taken over. */
  readonly next: number
  readonly moved: number
  readonly later: readonly Token[]
  readonly tokenAt: number
}

function keep(cursor: Cursor, read: Statements, kept: Kept): SyntaxTree {
  const { before, remains, place, index, next, moved, later, tokenAt } = kept
  const { probe } = place
  const { body } = probe
  const laterStatements = body.statements.slice(next)
  const laterItems = before.program.items.slice(index + 1)
  const firstToken = laterStatements[0]?.firstToken ?? body.lastToken
  const rest = later.slice(firstToken - tokenAt)
  const movedTokens = cursor.tokens.length - firstToken

  const nextFindings = place.findingsBefore[next] ?? findingsBehind(place, remains, index)
  const findingsEnd = remains.findingsBefore.at(-1) ?? 0
  const keptFindings = before.findings.slice(place.itemFindings + nextFindings, findingsEnd)
  const movedFindings = cursor.findings.length - place.itemFindings - nextFindings
  for (const each of place.findingsBefore.slice(next)) {
    read.findingsBefore.push(each === undefined ? undefined : each + movedFindings)
  }
  cursor.findings.push(...keptFindings)

  if (moved !== 0) {
    for (const token of rest) move(token, moved)
    for (const { span } of keptFindings) move(span, moved)
  }
  if (moved !== 0 || movedTokens !== 0) {
    for (const statement of laterStatements) moveStatement(statement, moved, movedTokens)
    for (const item of laterItems) moveItem(item, moved, movedTokens)
  }
  cursor.takeAll(rest, before.program.lastToken + movedTokens)

  read.statements.push(...laterStatements)
  const grown = <T extends Probe | Block>(node: T): T => ({
    ...node,
    span: { start: node.span.start, end: node.span.end + moved },
    lastToken: node.lastToken + movedTokens,
  })
  const bodyNow: Block = { ...grown(body), statements: read.statements }
  rememberFindings(bodyNow, read.findingsBefore)
  const probeNow: TopLevel = { ...grown(probe), body: bodyNow }
  const items: Items = {
    items: [...before.program.items.slice(0, index), probeNow, ...laterItems],
    findingsBefore: remains.findingsBefore
      .slice(0, -1)
      .map((count, at) => (at <= index || count === undefined ? count : count + movedFindings)),
  }
  return finishTree(cursor, programOf(cursor, before.program.firstToken, items), items.findingsBefore)
}

/** How many findings there are in a probe up to its closing brace, behind which it has none. */
function findingsBehind({ itemFindings }: Place, { findingsBefore }: Remains, index: number): number {
  const after = findingsBefore.slice(index + 1).find((count) => count !== undefined) ?? itemFindings
  return after - itemFindings
}
