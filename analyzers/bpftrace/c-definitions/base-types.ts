/** C's own types for x86-64, by their specifiers in any order, and the typedefs that clang's own headers give. */
import type { CFloat, CInteger, CType, CTypedef } from '../kernel-facts.ts'

export const voidType: CType = { kind: 'void' }

function integer(name: string, size: number, signed: boolean): CInteger {
  const encoding = name === '_Bool' ? 'bool' : name.endsWith('char') ? 'char' : 'number'
  return { kind: 'integer', name, size, signed, encoding }
}

function float(name: string, size: number): CFloat {
  return { kind: 'float', name, size }
}

/** Words that together name a type, as opposed to qualifiers and names of typedefs. */
export const specifierWords: ReadonlySet<string> = new Set([
  ...['void', 'char', 'short', 'int', 'long', 'float', 'double', 'signed', 'unsigned', '_Bool', 'bool'],
  ...['__int128', '__signed__'],
])

/** The type that specifiers name, such as `long unsigned int`; undefined for a combination that C does not know. */
export function baseType(words: readonly string[]): CType | undefined {
  const count = (word: string) => words.filter((given) => given === word).length
  if (words.length === 0) return undefined
  if (count('void')) return words.length === 1 ? voidType : undefined
  if (count('_Bool') || count('bool')) return integer('_Bool', 1, false)
  if (count('float')) return float('float', 4)
  if (count('double')) return count('long') ? float('long double', 16) : float('double', 8)
  const unsigned = count('unsigned') > 0
  const sign = unsigned ? 'unsigned ' : ''
  if (count('char')) {
    const explicit = count('signed') + count('__signed__') > 0
    return integer(`${explicit ? 'signed ' : sign}char`, 1, !unsigned)
  }
  if (count('short')) return integer(`${unsigned ? 'unsigned short' : 'short'}`, 2, !unsigned)
  if (count('__int128')) return integer(`${sign}__int128`, 16, !unsigned)
  if (count('long') >= 2) return integer(`${unsigned ? 'unsigned long long' : 'long long'}`, 8, !unsigned)
  if (count('long')) return integer(`${unsigned ? 'unsigned long' : 'long'}`, 8, !unsigned)
  return integer(`${sign}int`, 4, !unsigned)
}

const standard: ReadonlyMap<string, CType> = new Map(
  [
    integer('int8_t', 1, true),
    integer('int16_t', 2, true),
    integer('int32_t', 4, true),
    integer('int64_t', 8, true),
    integer('uint8_t', 1, false),
    integer('uint16_t', 2, false),
    integer('uint32_t', 4, false),
    integer('uint64_t', 8, false),
    integer('intptr_t', 8, true),
    integer('uintptr_t', 8, false),
    integer('size_t', 8, false),
    integer('ssize_t', 8, true),
    integer('ptrdiff_t', 8, true),
    integer('wchar_t', 4, true),
    ...['s', 'u', '__s', '__u'].flatMap((prefix) =>
      [8, 16, 32, 64].map((bits) => integer(`${prefix}${bits}`, bits / 8, prefix.endsWith('s'))),
    ),
  ].map((type) => [type.name, type]),
)

/** A typedef that every script may use although nothing in it defines it. */
export function standardTypedef(name: string): CTypedef | undefined {
  const target = standard.get(name)
  return target && { kind: 'typedef', name, target }
}
