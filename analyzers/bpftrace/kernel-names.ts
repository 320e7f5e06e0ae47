/**
 * Searching the names of a kernel, of which there may be a hundred thousand, while someone types. What has been worked
 * out about a list is kept as long as the list itself, so the same list has to be handed in each time.
 */
import { partitionPoint } from '../shared/partition-point.ts'

interface Memory {
  /** In code unit order, so that a prefix can be found by halving. */
  readonly sorted: boolean
  readonly matches: Map<string, readonly string[]>
}

/** A pattern is asked for again with every key; more of them than a program has need not be kept. */
const mostPatterns = 256

const memories = new WeakMap<readonly string[], Memory>()

function memoryOf(names: readonly string[]): Memory {
  let memory = memories.get(names)
  if (!memory) {
    memory = { sorted: isSorted(names), matches: new Map() }
    memories.set(names, memory)
  }
  return memory
}

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if ((names[i - 1] ?? '') > (names[i] ?? '')) return false
  return true
}

export function hasName(names: readonly string[], name: string): boolean {
  if (!memoryOf(names).sorted) return names.includes(name)
  return names[lowerBound(names, name)] === name
}

/** The names that a pattern with wildcards stands for, in the order of the list. */
export function namesMatching(names: readonly string[], pattern: string): readonly string[] {
  const { matches } = memoryOf(names)
  const known = matches.get(pattern)
  if (known) return known
  const expression = wildcardExpression(pattern)
  const [prefix = ''] = pattern.split('*')
  const found = withPrefix(names, prefix).filter((name) => expression.test(name))
  if (matches.size >= mostPatterns) matches.clear()
  matches.set(pattern, found)
  return found
}

export interface SimilarNames {
  readonly names: readonly string[]
  /** There are more than were asked for. */
  readonly more: boolean
}

/** At most `limit` names for what someone has written so far: those that start with it, then those that hold it. */
export function namesLike(names: readonly string[], written: string, limit: number): SimilarNames {
  const found = withPrefix(names, written).slice(0, limit + 1)
  if (found.length > limit || written === '') return { names: found.slice(0, limit), more: found.length > limit }
  const held = new RegExp(quoted(written), 'i')
  for (let i = 0; i < names.length && found.length <= limit; i++) {
    const name = names[i] ?? ''
    if (held.test(name) && !name.startsWith(written)) found.push(name)
  }
  return { names: found.slice(0, limit), more: found.length > limit }
}

function withPrefix(names: readonly string[], prefix: string): string[] {
  if (!memoryOf(names).sorted) return names.filter((name) => name.startsWith(prefix))
  let end = lowerBound(names, prefix)
  const start = end
  while (names[end]?.startsWith(prefix)) end++
  return names.slice(start, end)
}

/** Index of the first name that is not before the text. */
const lowerBound = (names: readonly string[], text: string): number =>
  partitionPoint(names.length, (index) => (names[index] ?? '') < text)

/** To bpftrace `*` is any text and everything else is itself. */
export function wildcardExpression(pattern: string): RegExp {
  return new RegExp(`^${pattern.split(/\*+/).map(quoted).join('.*')}$`)
}

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
