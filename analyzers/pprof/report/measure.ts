/** Numbers as the text reports of google/pprof print them, digit for digit. */
import { fixedHalfEven, scaledText } from '../units.ts'

/** Three to five significant places, right-aligned to six columns; the sign is not shown. */
export function percentage(value: bigint, total: bigint): string {
  const ratio = total === 0n ? 0 : Math.abs(Number(value) / Number(total)) * 100
  if (ratio >= 99.95 && ratio <= 100.05) return '  100%'
  const digits = ratio >= 1 ? fixedHalfEven(ratio, 2) : general(ratio, 2)
  return `${digits.padStart(5)}%`
}

/** C's `%.{precision}g`: the shorter of fixed and scientific notation, without zeros at the end. */
export function general(value: number, precision: number): string {
  if (value === 0) return '0'
  const [mantissa = '', exponent = '0'] = exponential(value, precision - 1).split('e')
  const power = Number(exponent)
  if (power < -4 || power >= precision) {
    const sign = power < 0 ? '-' : '+'
    return `${withoutZeros(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`
  }
  return withoutZeros(fixedHalfEven(value, precision - 1 - power))
}

/** As `toExponential`, but what lies exactly between two goes to the even one. */
function exponential(value: number, digits: number): string {
  const rounded = value.toExponential(digits)
  // Writing all digits takes long, and only what goes on like this can lie between two.
  if (!value.toExponential(digits + 4).includes('5000e')) return rounded
  const [exact = '', power = ''] = value.toExponential(60).split('e')
  const rest = exact.replace('.', '').slice(digits + 1)
  const last = Number(rounded.split('e')[0]?.at(-1))
  if (!/^50*$/.test(rest) || last % 2 === 0) return rounded
  return `${exact.slice(0, digits === 0 ? 1 : digits + 2)}e${power}`
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

/** In the largest unit in which it is at least one. */
export function label(value: bigint, unit: string): string {
  return scaledText(Number(value), unit, 'auto')
}

/** A date and time without fractions; the zone is always UTC, for a report must not depend on where it is made. */
export function dateText(nanos: bigint): string {
  const seconds = (nanos - (((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n
  const date = new Date(Number(seconds) * 1000)
  if (Number.isNaN(date.getTime())) return `${seconds} s after 1970`
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
