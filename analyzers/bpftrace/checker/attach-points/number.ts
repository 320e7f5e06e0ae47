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

/** `10`, `0x1f`, `1e6`, `5ms`; undefined for anything else. The modern reader alone knows durations. */
export function readNumber(text: string, modern: boolean): bigint | undefined {
  const digits = text.replace(/_/g, '')
  const match = modern
    ? /^(?:(0x[0-9a-f]+|0b[01]+|\d+)|([1-9])e([1-9]\d?))(u|ul|ull|l|ll|ns|us|ms|s|m|h|d)?$/i.exec(digits)
    : /^(?:(0x[0-9a-f]+|\d+)|([1-9])e(\d{1,2}))(?:u|u?l?l)?$/i.exec(digits)
  if (!match) return undefined
  const [, plain, coefficient, exponent, suffix = ''] = match
  const base = plain ? toBigInt(plain) : BigInt(coefficient ?? '0') * 10n ** BigInt(exponent ?? '0')
  if (base === undefined) return undefined
  const value = base * (nanoseconds[suffix] ?? 1n)
  return value <= 0xffff_ffff_ffff_ffffn ? value : undefined
}

function toBigInt(text: string): bigint | undefined {
  if (/^0\d/.test(text)) return /^[0-7]+$/.test(text) ? BigInt(`0o${text.slice(1)}`) : undefined
  return BigInt(text)
}
