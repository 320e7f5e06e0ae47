/**
 * The name in a list that someone probably meant by a word that is not in it. Lists may hold all functions of a kernel:
 * a signature of a few bytes for each name, kept as long as the list itself, says which few are worth a closer look.
 */
import { typoCost } from './typo-cost.ts'

export interface NearestOptions {
  /** Names that people write often: among equally near ones they are the likelier. The earlier, the likelier. */
  readonly common?: readonly string[]
  /** There are only a few, so two slips in a short word still tell which. */
  readonly few?: boolean
  /** Only what one slip explains: for names of which more exist than are listed. */
  readonly oneSlip?: boolean
}

export interface Near {
  readonly name: string
  readonly cost: number
}

/** How much nearer another name has to be to win over a common one. */
const COMMON = 0.25
/** Of equally near names the one that shares more of its start was meant. */
const PREFIX = 0.01
/** What one slip is worth at most, and two. */
const ONE_SLIP = 1.45
const TWO_SLIPS = 2.75
/** Where few names are at hand, a worse mess still tells. */
const FEW_LEFT = 3.3

/** Undefined when nothing is near: no suggestion is better than nonsense. */
export function nearest(written: string, names: readonly string[], options: NearestOptions = {}): Near | undefined {
  const limit = Math.min(
    tolerance(written, options.few ?? false),
    options.oneSlip ? ONE_SLIP : Number.POSITIVE_INFINITY,
  )
  if (limit === 0) return undefined
  const memory = memoryOf(names)
  const key = `${written} ${limit}`
  const known = memory.found.get(key)
  if (known !== undefined) return known ?? undefined
  const found = search(written, names, memory, limit, options.common ?? [])
  if (memory.found.size >= MOST_REMEMBERED) memory.found.clear()
  memory.found.set(key, found ?? null)
  return found
}

/** One slip in a short word; two in a longer one. */
function tolerance(written: string, few: boolean): number {
  if (written.length < (few ? 1 : 2)) return 0
  if (written.length < (few ? 3 : 4)) return ONE_SLIP
  if (few && written.length > 5) return FEW_LEFT
  return !few && written.length < 5 ? 1.9 : TWO_SLIPS
}

function search(
  written: string,
  names: readonly string[],
  { letters, lengths }: Memory,
  limit: number,
  common: readonly string[],
): Near | undefined {
  const signature = signatureOf(written)
  const length = written.length
  let best: Near | undefined
  let bestScore = Number.POSITIVE_INFINITY
  // One slip changes two letters at most; only where that finds nothing are two slips looked for.
  for (const slips of limit > ONE_SLIP ? [1, 2] : [1]) {
    const most = slips === 1 ? Math.min(limit, ONE_SLIP) : limit
    for (let i = 0; i < lengths.length; i++) {
      const difference = (lengths[i] ?? 0) - length
      if (difference > slips + SEPARATORS || difference < -slips - SEPARATORS) continue
      if (bitCount((letters[i] ?? 0) ^ signature) > 2 * slips) continue
      const name = names[i] ?? ''
      if (name === written) continue
      const cost = typoCost(written, name, Math.min(most, bestScore + COMMON + PREFIX * 20))
      if (cost > most) continue
      const rank = common.indexOf(name)
      const favour = rank < 0 ? 0 : COMMON - (0.1 * rank) / common.length
      const score = cost - favour - PREFIX * sharedStart(written, name)
      if (score >= bestScore) continue
      bestScore = score
      best = { name, cost }
    }
    if (best) return best
  }
  return undefined
}

/** Separators that were left out beside the slips. */
const SEPARATORS = 2

function sharedStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length, 20)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

interface Memory {
  /** Which letters each name has. */
  readonly letters: Int32Array
  readonly lengths: Uint8Array
  readonly found: Map<string, Near | null>
}

const MOST_REMEMBERED = 64
const memories = new WeakMap<readonly string[], Memory>()

function memoryOf(names: readonly string[]): Memory {
  const known = memories.get(names)
  if (known) return known
  const letters = new Int32Array(names.length)
  const lengths = new Uint8Array(names.length)
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? ''
    letters[i] = signatureOf(name)
    lengths[i] = Math.min(name.length, 255)
  }
  const memory: Memory = { letters, lengths, found: new Map() }
  memories.set(names, memory)
  return memory
}

/** A bit for each letter, whatever its case, five for the digits; separators have none. */
function signatureOf(name: string): number {
  let signature = 0
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (code >= 97 && code <= 122) signature |= 1 << (code - 97)
    else if (code >= 65 && code <= 90) signature |= 1 << (code - 65)
    else if (code >= 48 && code <= 57) signature |= 1 << (26 + ((code - 48) >> 1))
    else if (code !== 95 && code !== 45) signature |= 1 << 31
  }
  return signature
}

function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
