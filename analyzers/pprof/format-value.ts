/**
 * Values for people: `1.24 s`, `512 MB`, `1,234`. One rounding for the view, reports and tool texts: three significant
 * digits, the unit chosen so that one to four stand before the point. Locale only changes separators.
 */

interface Scale {
  /** Spellings of the base unit in profiles. */
  readonly units: readonly string[]
  /** How many base units each step is, rising. */
  readonly steps: readonly (readonly [size: number, symbol: string])[]
}

const second = 1e9
const scales: readonly Scale[] = [
  {
    units: ['nanoseconds', 'nanosecond', 'ns'],
    steps: [
      [1, 'ns'],
      [1e3, 'µs'],
      [1e6, 'ms'],
      [second, 's'],
      [60 * second, 'min'],
      [3600 * second, 'h'],
      [86400 * second, 'd'],
    ],
  },
  // google/pprof and Go's tools mean powers of 1,024 by these names.
  {
    units: ['bytes', 'byte', 'b'],
    steps: [
      [1, 'B'],
      [2 ** 10, 'kB'],
      [2 ** 20, 'MB'],
      [2 ** 30, 'GB'],
      [2 ** 40, 'TB'],
      [2 ** 50, 'PB'],
    ],
  },
]

/** Units that are a scale's own, further up: `milliseconds` is 1e6 nanoseconds. */
const multiples: Readonly<Record<string, readonly [factor: number, unit: string]>> = {
  microseconds: [1e3, 'nanoseconds'],
  us: [1e3, 'nanoseconds'],
  milliseconds: [1e6, 'nanoseconds'],
  ms: [1e6, 'nanoseconds'],
  seconds: [second, 'nanoseconds'],
  s: [second, 'nanoseconds'],
  kilobytes: [2 ** 10, 'bytes'],
  kb: [2 ** 10, 'bytes'],
  megabytes: [2 ** 20, 'bytes'],
  mb: [2 ** 20, 'bytes'],
}

const threeDigits = { maximumSignificantDigits: 3 } as const
const noFraction = { maximumFractionDigits: 0 } as const
const wholeNumber = {} as const

export function formatValue(value: number, unit: string, locale = 'en'): string {
  const lower = unit.toLowerCase()
  const [factor, base] = multiples[lower] ?? [1, lower]
  const scale = scales.find(({ units }) => units.includes(base))
  if (scale === undefined) return formatCount(value, unit, locale)
  const amount = value * factor
  // A hair below a step already rounds up to it: 999.96 ms is 1 s, not 1,000 ms.
  const fitting = scale.steps.filter(([size]) => Math.abs(amount) >= size * 0.9995)
  const [size, symbol] = fitting.at(-1) ?? scale.steps[0] ?? [1, base]
  return `${rounded(amount / size, locale)} ${symbol}`
}

function formatCount(value: number, unit: string, locale: string): string {
  const number = numberFormat(locale, Number.isInteger(value) ? wholeNumber : threeDigits).format(value)
  return unit === '' || unit === 'count' ? number : `${number} ${unit}`
}

/** Three digits, but never fewer than stand before the point: 1,234 stays 1,234. */
function rounded(value: number, locale: string): string {
  return numberFormat(locale, Math.abs(value) >= 1000 ? noFraction : threeDigits).format(value)
}

const numberFormats = new Map<Intl.NumberFormatOptions, Map<string, Intl.NumberFormat>>()

/** Formatters are kept by locale and by which of the few options objects here they were made with. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const byLocale = numberFormats.get(options) ?? new Map<string, Intl.NumberFormat>()
  numberFormats.set(options, byLocale)
  const known = byLocale.get(locale)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, options)
  byLocale.set(locale, made)
  return made
}

/** `part` of `whole` in percent; '0 %' of nothing. Small shares keep a digit that tells them from zero. */
export function formatPercent(part: number, whole: number, locale = 'en'): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100
  if (percent !== 0 && Math.abs(percent) < 0.01)
    return `${percent < 0 ? '>−' : '<'}${percentFormat(locale, 2).format(0.0001)}`
  return percentFormat(locale, Math.abs(percent) < 10 ? 2 : 1).format(percent / 100)
}

const percentFormats = new Map<string, Intl.NumberFormat>()

/** Making a formatter costs more than a thousand uses of it. */
function percentFormat(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`
  const known = percentFormats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  percentFormats.set(key, made)
  return made
}
