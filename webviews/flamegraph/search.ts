/**
 * Which frames a search finds and how much of the profile they make up. Patterns are regular expressions with the syntax
 * and time bound of RE2, as everywhere in the project; what is not a valid one is searched as plain text.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'

export interface Query {
  readonly test: (text: string) => boolean
  /** The text was no regular expression and is matched letter by letter. */
  readonly isLiteral: boolean
}

export interface Found {
  /** 1 for each frame that matches. */
  readonly frames: Uint8Array
  /** Nodes with such a frame. */
  readonly count: number
  /** Value of all nodes that match, each counted once even when matches call each other. */
  readonly value: number
}

/** `compile` throws on what is no pattern. Upper case in the text makes the search sensitive to case. */
export function makeQuery(text: string, compile: (pattern: string) => (text: string) => boolean): Query {
  const ignoresCase = text === text.toLowerCase()
  try {
    return { test: compile(ignoresCase ? `(?i)${text}` : text), isLiteral: false }
  } catch {
    // Half-typed patterns and names such as `(*Decoder).Decode` are no errors: the text itself is looked for.
    return { test: (name) => (ignoresCase ? name.toLowerCase() : name).includes(text), isLiteral: true }
  }
}

export function findFrames(graph: FlameGraph, query: Query): Found {
  const frames = Uint8Array.from(graph.frames, ({ name, file }) => (query.test(name) || query.test(file) ? 1 : 0))
  frames[0] = 0
  let count = 0
  let value = 0
  // Parents come before their children, so one pass knows whether an ancestor matched.
  const covered = new Uint8Array(graph.nodeCount)
  for (let node = 1; node < graph.nodeCount; node++) {
    const isMatch = frames[graph.frame[node] ?? 0] === 1
    const isInside = covered[graph.parent[node] ?? 0] === 1
    if (isMatch) count++
    if (isMatch && !isInside) value += graph.cum[node] ?? 0
    if (isMatch || isInside) covered[node] = 1
  }
  return { frames, count, value }
}

/** The match after (or before) `from` in reading order: outer frames first, then from left to right. Wraps around. */
export function nextMatch(graph: FlameGraph, frames: Uint8Array, from: number, step: 1 | -1): number {
  let best = -1
  let extreme = -1
  for (let node = 1; node < graph.nodeCount; node++) {
    if (frames[graph.frame[node] ?? 0] !== 1) continue
    if (isBefore(graph, node, extreme, step) || extreme < 0) extreme = node
    if (from >= 0 && !isBefore(graph, from, node, step)) continue
    if (best < 0 || isBefore(graph, node, best, step)) best = node
  }
  return best < 0 ? extreme : best
}

/** Whether `a` comes before `b` when one reads in the direction of `step`. */
function isBefore(graph: FlameGraph, a: number, b: number, step: 1 | -1): boolean {
  const [first, second] = step === 1 ? [a, b] : [b, a]
  const x = (graph.x0[first] ?? 0) - (graph.x0[second] ?? 0)
  return x < 0 || (x === 0 && (graph.depth[first] ?? 0) < (graph.depth[second] ?? 0))
}

/** An expression that matches exactly this text. */
export function escapeExpression(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
