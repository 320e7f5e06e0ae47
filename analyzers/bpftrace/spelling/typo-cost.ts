/**
 * How unlikely it is that someone who meant one word wrote another: an edit distance whose edits are weighed by how
 * often hands make them. One slip costs about 1; letter case and separators cost less than letters. It knows keyboards,
 * not bpftrace.
 */

/** Left to right; the rows lie half a key apart. */
const rows = ['1234567890-', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

const isNeighbour = neighbours()

function neighbours(): (a: number, b: number) => boolean {
  const places = new Map<number, readonly [x: number, y: number]>()
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) places.set(row.charCodeAt(x), [x + y / 2, y])
  })
  const near = new Uint8Array(128 * 128)
  for (const [a, [ax, ay]] of places) {
    for (const [b, [bx, by]] of places) {
      if (a !== b && Math.abs(ay - by) <= 1 && Math.abs(ax - bx) <= 1) near[a * 128 + b] = 1
    }
  }
  return (a, b) => a < 128 && b < 128 && near[a * 128 + b] === 1
}

const UNDERSCORE = 95
const DASH = 45
const PLURAL_S = 115
const isSeparator = (code: number) => code === UNDERSCORE || code === DASH
const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code)

/** A letter that was left out, and two that changed places, are the likeliest of slips. */
const LEFT_OUT = 1
const SWAPPED = 1
const DOUBLED = 1.1
const NEIGHBOUR = 1.15
const ADDED = 1.2
const OTHER_LETTER = 1.3
const SEPARATOR = 0.6
const OTHER_SEPARATOR = 0.3
const CASE = 0.03
const PLURAL = 0.95
/** The first letter is seldom the wrong one. */
const FIRST = 0.1
/** `read_vfs` for `vfs_read`. */
const PARTS_SWAPPED = 1.2

/** Words of a kernel are shorter; what is cut off of a longer one counts by its length. */
const LONGEST = 96
let above = new Float64Array(LONGEST + 1)
let previous = new Float64Array(LONGEST + 1)
let current = new Float64Array(LONGEST + 1)

/** Infinity as soon as it is known to be more than `limit`. */
export function typoCost(written: string, meant: string, limit: number): number {
  if (written === meant) return 0
  const direct = editCost(written, meant, limit)
  const left = Math.min(limit, direct) - PARTS_SWAPPED
  if (
    left < 0 ||
    Math.abs(written.length - meant.length) > left ||
    !separators.test(written) ||
    !separators.test(meant)
  )
    return direct
  const ordered = sortedParts(written)
  // Words in another order, and perhaps a slip in one of them.
  const swapped = ordered === sortedParts(meant) ? 0 : editCost(ordered, sortedParts(meant), left)
  return Math.min(direct, PARTS_SWAPPED + swapped)
}

const separators = /[_:-]/

function editCost(written: string, meant: string, limit: number): number {
  const rowsOf = written.length
  const columns = meant.length
  // Separators are the cheapest to leave out.
  if (Math.abs(rowsOf - columns) * SEPARATOR > limit || rowsOf > LONGEST || columns > LONGEST) {
    return Number.POSITIVE_INFINITY
  }
  previous[0] = 0
  for (let j = 1; j <= columns; j++) previous[j] = (previous[j - 1] ?? 0) + leftOut(meant, j - 1)
  for (let i = 1; i <= rowsOf; i++) {
    const a = written.charCodeAt(i - 1)
    const added = addedCost(written, i - 1, meant)
    current[0] = (previous[0] ?? 0) + added
    let least = current[0]
    for (let j = 1; j <= columns; j++) {
      const b = meant.charCodeAt(j - 1)
      let cost = (previous[j - 1] ?? 0) + (a === b ? 0 : replaced(a, b, i))
      const withAdded = (previous[j] ?? 0) + added
      if (withAdded < cost) cost = withAdded
      const withLeftOut = (current[j - 1] ?? 0) + leftOut(meant, j - 1)
      if (withLeftOut < cost) cost = withLeftOut
      if (i > 1 && j > 1 && a !== b && a === meant.charCodeAt(j - 2) && b === written.charCodeAt(i - 2)) {
        const withSwapped = (above[j - 2] ?? 0) + SWAPPED + (i === 2 ? FIRST : 0)
        if (withSwapped < cost) cost = withSwapped
      }
      current[j] = cost
      if (cost < least) least = cost
    }
    if (least > limit) return Number.POSITIVE_INFINITY
    const free = above
    above = previous
    previous = current
    current = free
  }
  const cost = previous[columns] ?? 0
  return cost > limit ? Number.POSITIVE_INFINITY : cost
}

function replaced(a: number, b: number, i: number): number {
  const lowA = lower(a)
  const lowB = lower(b)
  if (lowA === lowB) return CASE
  if (isSeparator(a) && isSeparator(b)) return OTHER_SEPARATOR
  return (isNeighbour(lowA, lowB) ? NEIGHBOUR : OTHER_LETTER) + (i === 1 ? FIRST : 0)
}

function leftOut(meant: string, at: number): number {
  const code = meant.charCodeAt(at)
  if (isSeparator(code)) return SEPARATOR
  if (code === PLURAL_S && at === meant.length - 1) return PLURAL
  return LEFT_OUT + (at === 0 ? FIRST : 0)
}

function addedCost(written: string, at: number, meant: string): number {
  const code = written.charCodeAt(at)
  if (isSeparator(code)) return SEPARATOR
  if (code === PLURAL_S && at === written.length - 1) return PLURAL
  const before = at > 0 ? lower(written.charCodeAt(at - 1)) : 0
  const after = at + 1 < written.length ? lower(written.charCodeAt(at + 1)) : 0
  const own = lower(code)
  const likely =
    own === before || own === after ? DOUBLED : isNeighbour(own, before) || isNeighbour(own, after) ? NEIGHBOUR : ADDED
  return likely + (at === 0 && meant !== '' ? FIRST : 0)
}

const sortedParts = (word: string) => word.split(separators).sort().join('_')
