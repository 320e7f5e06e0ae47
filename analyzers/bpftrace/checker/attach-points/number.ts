/** Numbers inside attach points and parameters, which are read at a later time than those of the program text. */

const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
}

const WORD = 0xffff_ffff_ffff_ffffn

/**
 * `10`, `0x1f`, `1e6`, `5ms`; undefined for anything else. The modern reader alone knows durations. A sign is taken as
 * C's library takes it: -1 is the largest number of 64 bits.
 */
export function readNumber(text: string, modern: boolean): bigint | undefined {
  const [, sign = '', unsigned = ''] = /^([-+]?)(.*)$/.exec(text.replace(/_/g, '')) ?? []
  const value = readUnsigned(unsigned, modern)
  return sign === '-' && value !== undefined ? BigInt.asUintN(64, -value) : value
}

/** What the compiler keeps of a number that counts: half of the large ones are negative to it. */
export const asCount = (value: bigint) => BigInt.asIntN(64, value)

function readUnsigned(digits: string, modern: boolean): bigint | undefined {
  const match = modern
    ? /^(?:(0x[0-9a-f]+|0b[01]+|\d+)|([1-9])e([1-9]\d?))(u|ul|ull|l|ll|ns|us|ms|s|m|h|d)?$/i.exec(digits)
    : /^(?:(0x[0-9a-f]+|\d+)|([1-9])e(\d{1,2}))(?:u|u?l?l)?$/i.exec(digits)
  if (!match) return undefined
  const [, plain, coefficient, exponent, suffix = ''] = match
  const base = plain ? toBigInt(plain) : BigInt(coefficient ?? '0') * 10n ** BigInt(exponent ?? '0')
  if (base === undefined) return undefined
  const value = base * (nanoseconds[suffix] ?? 1n)
  return value <= WORD ? value : undefined
}

function toBigInt(text: string): bigint | undefined {
  if (/^0\d/.test(text)) return /^[0-7]+$/.test(text) ? BigInt(`0o${text.slice(1)}`) : undefined
  return BigInt(text)
}
