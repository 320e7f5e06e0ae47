/**
 * Integers and strings: what their text means, and which versions refuse it. The generated parsers split a number where
 * their patterns end and stumble over the rest; the parser since 0.26 takes all glued letters and judges them.
 */
import type { IntegerLiteral, StringLiteral } from './ast.ts'
import { isDigit, isHexDigit, isIdentifierStart } from './characters.ts'
import type { Cursor } from './cursor.ts'

const MAXIMUM = (1n << 64n) - 1n

interface Suffix {
  readonly maximum: bigint
  readonly factor: bigint
}

const suffixes: ReadonlyMap<string, Suffix> = new Map([
  ['', { maximum: MAXIMUM, factor: 1n }],
  ['u', { maximum: (1n << 32n) - 1n, factor: 1n }],
  ['ul', { maximum: MAXIMUM, factor: 1n }],
  ['ull', { maximum: MAXIMUM, factor: 1n }],
  ['l', { maximum: (1n << 63n) - 1n, factor: 1n }],
  ['ll', { maximum: (1n << 63n) - 1n, factor: 1n }],
  ['ns', { maximum: MAXIMUM, factor: 1n }],
  ['us', { maximum: MAXIMUM, factor: 1_000n }],
  ['ms', { maximum: MAXIMUM, factor: 1_000_000n }],
  ['s', { maximum: MAXIMUM, factor: 1_000_000_000n }],
  ['m', { maximum: MAXIMUM, factor: 60_000_000_000n }],
  ['h', { maximum: MAXIMUM, factor: 3_600_000_000_000n }],
  ['d', { maximum: MAXIMUM, factor: 86_400_000_000_000n }],
])

const durations: ReadonlySet<string> = new Set(['ns', 'us', 'ms', 's', 'm', 'h', 'd'])
const SUFFIX = /^(?:[num]s|[smhd]|[uU](?:[lL][lL]?)?|[lL][lL]?)/
const NUMBER = /^(?:0[xX][0-9a-fA-F_]*|[0-9_]+(?:[eE][0-9_]*)?)/

/** The current token as an integer. */
export function parseInteger(p: Cursor): IntegerLiteral {
  const mark = p.mark()
  const { start } = p
  const { text } = p
  p.bump()
  return { kind: 'IntegerLiteral', ...p.finish(mark), text, value: readInteger(p, text, start) }
}

/** The value of an integer's text, or null; notes what is wrong with it. */
function readInteger(p: Cursor, text: string, start: number): bigint | null {
  const number = NUMBER.exec(text)?.[0] ?? ''
  const place = (from: number) => ({ start: start + from, end: start + text.length })
  if (number.endsWith('_')) {
    p.report('a number cannot end in `_`', place(number.length - 1))
    return null
  }
  const hexadecimal = /^0[xX]/.test(number)
  if (hexadecimal && number.includes('_')) p.note('integer_hex_separator', place(number.indexOf('_')))
  const suffix = hexadecimal ? '' : (SUFFIX.exec(text.slice(number.length))?.[0] ?? '')
  const rest = text.slice(number.length + suffix.length)
  if (rest && isIdentifierStart(rest.charCodeAt(0))) {
    p.report(`invalid integer suffix \`${rest}\``, place(text.length - rest.length))
    return null
  }
  const value = magnitude(p, number.replaceAll('_', ''), text, place)
  if (value === null) return null
  if (durations.has(suffix)) p.note('integer_duration', place(number.length))
  const limits = suffixes.get(suffix.toLowerCase())
  if (!limits || rest) {
    p.report(`invalid integer \`${text}\``, place(0))
    return null
  }
  if (suffix !== suffix.toLowerCase()) p.note('integer_upper_suffix', place(0))
  if (value > limits.maximum / limits.factor) {
    if (value > MAXIMUM || limits.factor > 1n) {
      p.report(`\`${text}\` does not fit 64 bits`, place(0))
      return null
    }
    p.note('integer_wide_unsigned', place(0))
  }
  return value * limits.factor
}

type Place = (from: number) => { start: number; end: number }

function magnitude(p: Cursor, digits: string, text: string, place: Place): bigint | null {
  const invalid = (message: string) => {
    p.report(message, place(0))
    return null
  }
  const tooLarge = () => invalid(`\`${text}\` does not fit 64 bits`)
  if (/^0[xX]/.test(digits)) {
    if (digits.length === 2) return invalid(`\`${text}\` has no digits`)
    const value = BigInt(digits)
    return value > MAXIMUM ? tooLarge() : value
  }
  const scientific = /^([0-9]+)[eE]([0-9]*)$/.exec(digits)
  if (!scientific) {
    if (!/^0[0-9]/.test(digits)) {
      const value = BigInt(digits)
      return value > MAXIMUM ? tooLarge() : value
    }
    if (!/^[0-7]+$/.test(digits)) return invalid(`\`${text}\` is no octal number`)
    const value = BigInt(`0o${digits}`)
    return value > MAXIMUM ? tooLarge() : value
  }
  const coefficient = BigInt(scientific[1] ?? '0')
  const exponent = scientific[2] ?? ''
  if (exponent === '') return invalid(`\`${text}\` lacks an exponent`)
  if (coefficient > 9n) return invalid('the number before `e` is to have one digit, 1 to 9')
  if (coefficient === 0n || exponent.startsWith('0')) p.note('integer_zero_exponent', place(0))
  if (BigInt(exponent) > 19n) return tooLarge()
  if (BigInt(exponent) > 16n) p.note('integer_large_exponent', place(0))
  const value = coefficient * 10n ** BigInt(exponent)
  return value > MAXIMUM ? tooLarge() : value
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
])

/** The current token as a string. */
export function parseString(p: Cursor): StringLiteral {
  const mark = p.mark()
  const { start, text } = p
  p.bump()
  const value = resolveEscapes(p, text, start)
  if (text.length < 2 || !text.endsWith('"') || value === null) {
    p.note('string_open', { start, end: start + text.length }, 'unterminated string')
    p.note('string_open_end', endPlace(p), 'unterminated string')
  }
  return { kind: 'StringLiteral', ...p.finish(mark), value: value ?? text.slice(1) }
}

/** Where the compiler looks when a string ends too early: at what follows. */
function endPlace(p: Cursor) {
  return { start: p.start, end: p.end }
}

/** The text with its escapes resolved; null when its last quote is escaped and so closes nothing. */
function resolveEscapes(p: Cursor, text: string, start: number): string | null {
  let value = ''
  let at = 1
  for (;;) {
    if (at >= text.length) return null
    const character = text.charAt(at)
    if (character === '"') return value
    if (character !== '\\') {
      value += character
      at++
      continue
    }
    const { resolved, length } = readEscape(p, text, at, start)
    value += resolved
    at += length
  }
}

function readEscape(p: Cursor, text: string, at: number, start: number): { resolved: string; length: number } {
  const letter = text.charAt(at + 1)
  const place = (length: number) => ({ start: start + at, end: start + Math.min(text.length, at + length) })
  const simple = simpleEscapes.get(letter)
  if (simple !== undefined) return { resolved: simple, length: 2 }
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0]
  if (octal) {
    const code = Number.parseInt(octal, 8)
    if (code > 255) p.report(`octal escape \`\\${octal}\` is above 377`, place(octal.length + 1))
    return { resolved: String.fromCharCode(code & 255), length: octal.length + 1 }
  }
  if (letter === 'x' || letter === 'X') {
    let end = at + 2
    while (end < at + 4 && isHexDigit(text.charCodeAt(end))) end++
    if (end === at + 2) {
      p.report('a hexadecimal escape without digits', place(2))
      return { resolved: '', length: 2 }
    }
    return { resolved: String.fromCharCode(Number.parseInt(text.slice(at + 2, end), 16)), length: end - at }
  }
  if (letter !== '') p.report(`invalid escape \`\\${letter}\``, place(2))
  return { resolved: letter, length: 2 }
}

/** `$1` or `$#`: the number, or null for the count; out of range is noted. */
export function readParameter(p: Cursor, text: string, start: number): number | null {
  if (!isDigit(text.charCodeAt(1))) return null
  const index = BigInt(text.slice(1))
  if (index < 1n || index >= 1n << 63n) {
    p.report(`there is no parameter \`${text}\``, { start, end: start + text.length })
    return 0
  }
  return Number(index)
}
