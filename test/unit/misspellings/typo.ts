/** Slips of the hand, from a seed: what people type when they mean a word. Knows nothing of how slips are undone. */
export type Random = () => number

/** Numbers in [0, 1), the same for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[Math.floor(random() * list.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const letters = keyboard.join('')

function neighbour(random: Random, letter: string): string {
  const row = keyboard.findIndex((keys) => keys.includes(letter.toLowerCase()))
  if (row < 0) return pick(random, [...letters])
  const column = keyboard[row]?.indexOf(letter.toLowerCase()) ?? 0
  const near = [-1, 0, 1].flatMap((y) =>
    [-1, 0, 1].map((x) => (x === 0 && y === 0 ? '' : (keyboard[row + y]?.charAt(column + x) ?? ''))),
  )
  return pick(
    random,
    near.filter((key) => key !== ''),
  )
}

const cut = (word: string, at: number, length: number, text: string) =>
  word.slice(0, at) + text + word.slice(at + length)

type Slip = (word: string, random: Random) => string
const at = (word: string, random: Random) => Math.floor(random() * word.length)

const leaveOut: Slip = (word, random) => cut(word, at(word, random), 1, '')
const add: Slip = (word, random) => cut(word, at(word, random), 0, pick(random, [...letters]))
const double: Slip = (word, random) => {
  const place = at(word, random)
  return cut(word, place, 0, word.charAt(place))
}
const replaceNear: Slip = (word, random) => {
  const place = at(word, random)
  return cut(word, place, 1, neighbour(random, word.charAt(place)))
}
const replaceAny: Slip = (word, random) => cut(word, at(word, random), 1, pick(random, [...letters]))
const swap: Slip = (word, random) => {
  const place = Math.floor(random() * (word.length - 1))
  return cut(word, place, 2, word.charAt(place + 1) + word.charAt(place))
}
const otherCase: Slip = (word, random) =>
  random() < 0.5 ? word.charAt(0).toUpperCase() + word.slice(1) : word.toUpperCase()
const withoutSeparator: Slip = (word) => word.replace(/[_-]/, '')
const otherSeparator: Slip = (word, random) =>
  word.includes('_') ? word.replace('_', '__') : cut(word, 1 + Math.floor(random() * (word.length - 1)), 0, '_')
const plural: Slip = (word) => (word.endsWith('s') ? word.slice(0, -1) : `${word}s`)
const swapParts: Slip = (word) => word.replace(/^([^_]+)_([^_]+)/, '$2_$1')

const slips: readonly (readonly [weight: number, slip: Slip])[] = [
  [22, leaveOut],
  [10, add],
  [8, double],
  [18, replaceNear],
  [8, replaceAny],
  [18, swap],
  [4, otherCase],
  [4, withoutSeparator],
  [2, otherSeparator],
  [3, plural],
  [2, swapParts],
]
const allWeights = slips.reduce((sum, [weight]) => sum + weight, 0)

function oneSlip(word: string, random: Random): string {
  let left = random() * allWeights
  for (const [weight, slip] of slips) {
    left -= weight
    if (left < 0) return slip(word, random)
  }
  return word
}

/** One slip; in a longer word sometimes two. */
export function misspell(word: string, random: Random): string {
  const first = oneSlip(word, random)
  return word.length >= 6 && random() < 0.12 ? oneSlip(first, random) : first
}
