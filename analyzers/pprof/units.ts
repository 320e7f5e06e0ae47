/**
 * Units of values and labels as google/pprof groups and converts them, for tag ranges and for profiles that are
 * compared or merged. How a value is written for people is `format-value.ts`.
 */

interface Unit {
  readonly name: string
  readonly aliases: readonly string[]
  /** In the base unit of its family: bytes, nanoseconds, GCU. */
  readonly factor: number
}

interface UnitFamily {
  readonly units: readonly Unit[]
  /** What a value is converted to when the wanted unit is of another family. */
  readonly fallback: { readonly name: string; readonly factor: number }
}

const FAMILIES: readonly UnitFamily[] = [
  {
    units: [
      { name: 'B', aliases: ['b', 'byte'], factor: 1 },
      { name: 'kB', aliases: ['kb', 'kbyte', 'kilobyte'], factor: 2 ** 10 },
      { name: 'MB', aliases: ['mb', 'mbyte', 'megabyte'], factor: 2 ** 20 },
      { name: 'GB', aliases: ['gb', 'gbyte', 'gigabyte'], factor: 2 ** 30 },
      { name: 'TB', aliases: ['tb', 'tbyte', 'terabyte'], factor: 2 ** 40 },
      { name: 'PB', aliases: ['pb', 'pbyte', 'petabyte'], factor: 2 ** 50 },
    ],
    fallback: { name: 'B', factor: 1 },
  },
  {
    units: [
      { name: 'ns', aliases: ['ns', 'nanosecond'], factor: 1 },
      { name: 'us', aliases: ['μs', 'us', 'microsecond'], factor: 1e3 },
      { name: 'ms', aliases: ['ms', 'millisecond'], factor: 1e6 },
      { name: 's', aliases: ['s', 'sec', 'second'], factor: 1e9 },
      { name: 'hrs', aliases: ['hour', 'hr'], factor: 3600e9 },
    ],
    fallback: { name: 's', factor: 1e9 },
  },
  {
    units: [
      { name: 'n*GCU', aliases: ['nanogcu'], factor: 1e-9 },
      { name: 'u*GCU', aliases: ['microgcu'], factor: 1e-6 },
      { name: 'm*GCU', aliases: ['milligcu'], factor: 1e-3 },
      { name: 'GCU', aliases: ['gcu'], factor: 1 },
      { name: 'k*GCU', aliases: ['kilogcu'], factor: 1e3 },
      { name: 'M*GCU', aliases: ['megagcu'], factor: 1e6 },
      { name: 'G*GCU', aliases: ['gigagcu'], factor: 1e9 },
      { name: 'T*GCU', aliases: ['teragcu'], factor: 1e12 },
      { name: 'P*GCU', aliases: ['petagcu'], factor: 1e15 },
    ],
    fallback: { name: 'GCU', factor: 1 },
  },
]

/** Units that say no more than "how many". */
const PLAIN_UNITS = new Set(['count', 'sample', 'unit', 'minimum', 'auto'])

export interface Scaled {
  readonly value: number
  /** '' for plain counts. */
  readonly unit: string
}

/** Converts a value; `to` may be `auto`, the largest unit in which it is at least 1. */
export function scale(value: number, from: string, to: string): Scaled {
  if (value < 0) {
    const positive = scale(-value, from, to)
    return { value: -positive.value, unit: positive.unit }
  }
  for (const family of FAMILIES) {
    const unit = unitIn(family, from)
    if (unit !== undefined) return convert(family, value * unit.factor, to)
  }
  return { value, unit: PLAIN_UNITS.has(to) ? '' : to }
}

function convert(family: UnitFamily, base: number, to: string): Scaled {
  const target = to === 'auto' || to === 'minimum' ? largestBelow(family, base) : unitIn(family, to)
  const { name, factor } = target ?? family.fallback
  return { value: base / factor, unit: name }
}

function largestBelow(family: UnitFamily, base: number): Unit | undefined {
  return family.units.filter((unit) => base / unit.factor >= 1).at(-1)
}

/** A report asks for the same few spellings thousands of times. */
const knownSpellings = new Map<UnitFamily, Map<string, Unit | undefined>>()
const MOST_SPELLINGS = 100

function unitIn(family: UnitFamily, spelled: string): Unit | undefined {
  const known = knownSpellings.get(family) ?? new Map<string, Unit | undefined>()
  knownSpellings.set(family, known)
  if (known.has(spelled)) return known.get(spelled)
  const unit = findUnit(family, spelled)
  if (known.size < MOST_SPELLINGS) known.set(spelled, unit)
  return unit
}

function findUnit(family: UnitFamily, spelled: string): Unit | undefined {
  const lower = spelled.toLowerCase()
  const alias = lower.length > 2 ? lower.replace(/s$/, '') : lower
  return family.units.find((unit) => unit.aliases.includes(alias))
}

/** Whether values of the two units can be compared: equal, or of one family. */
export function areComparable(left: string, right: string): boolean {
  return (
    left === right ||
    FAMILIES.some((family) => unitIn(family, left) !== undefined && unitIn(family, right) !== undefined)
  )
}

/** As `toFixed`, but what lies exactly between two goes to the even one, as in C and Go. */
export function fixedHalfEven(value: number, digits: number): string {
  // Beyond this `toFixed` writes exponents; such doubles are whole numbers.
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`
  const rounded = value.toFixed(digits)
  // Of the fractions that binary can hold, only odd multiples of this one lie between two decimals.
  const steps = Math.abs(value) * 2 ** (digits + 1)
  if (!Number.isInteger(steps) || steps % 2 === 0) return rounded
  const last = Number(rounded.at(-1))
  if (last % 2 === 0) return rounded
  // `toFixed` went away from zero to an odd digit: the even one is one step back, which no digit has to borrow for.
  return `${rounded.slice(0, -1)}${last - 1}`
}

/** A value in a unit as google/pprof writes it into a frame: two decimals unless they are zero. */
export function scaledText(value: number, from: string, to: string): string {
  const scaled = scale(value, from, to)
  const digits = fixedHalfEven(scaled.value, 2).replace(/\.00$/, '')
  return digits === '0' || digits === '-0' ? '0' : digits + scaled.unit
}
