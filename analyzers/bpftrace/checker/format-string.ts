/** Format strings of printf and its kin: their conversions, and the types that each takes. */

import type { Type } from '../types/type.ts'
import { entryOf } from './table.ts'

export interface Conversion {
  readonly text: string
  /** Without flags, width and length: `d`, `s`, `rh`. */
  readonly specifier: string
  /** UTF-16 offset in the string's value. */
  readonly offset: number
}

const conversion = /%-?\+? ?#?0?(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlLjzt]*([diouxXeEfFGaAcspn%]|gr|g|rh|rx|r)/g

export function conversions(format: string): readonly Conversion[] {
  const found: Conversion[] = []
  for (const match of format.matchAll(conversion)) {
    const specifier = match[1] ?? ''
    if (specifier !== '%') found.push({ text: match[0], specifier, offset: match.index })
  }
  return found
}

const numeric = new Set(['integer', 'boolean', 'pointer'])
const accepted: Readonly<Record<string, ReadonlySet<string> | 'anything'>> = {
  d: numeric,
  i: numeric,
  u: numeric,
  o: numeric,
  x: numeric,
  X: numeric,
  c: numeric,
  p: numeric,
  gr: numeric,
  r: new Set(['buffer']),
  rx: new Set(['buffer']),
  rh: new Set(['buffer']),
  s: 'anything',
}

export type FormatProblem =
  | { readonly kind: 'count'; readonly expected: number; readonly found: number }
  | { readonly kind: 'no-value'; readonly index: number; readonly conversion: Conversion }
  | { readonly kind: 'specifier'; readonly index: number; readonly conversion: Conversion }
  | { readonly kind: 'type'; readonly index: number; readonly conversion: Conversion; readonly type: Type }

/** The first problem that the modern compiler would name. */
export function formatProblem(format: string, types: readonly Type[]): FormatProblem | undefined {
  const specs = conversions(format)
  if (types.length !== specs.length) return { kind: 'count', expected: specs.length, found: types.length }
  for (const [index, spec] of specs.entries()) {
    const type = types[index]
    if (!type || type.kind === 'unknown') continue
    if (type.kind === 'none' || type.kind === 'void') return { kind: 'no-value', index, conversion: spec }
    const kinds = entryOf(accepted, spec.specifier)
    if (!kinds) return { kind: 'specifier', index, conversion: spec }
    if (kinds !== 'anything' && !kinds.has(type.kind)) return { kind: 'type', index, conversion: spec, type }
  }
  return undefined
}

/** The specifier that prints a type best, for the fix. */
export function suitableSpecifier(type: Type): string {
  if (type.kind === 'unknown' || type.kind === 'none' || type.kind === 'void') return ''
  if (type.kind === 'buffer') return 'r'
  if (type.kind === 'pointer') return 'p'
  if (type.kind === 'boolean') return 'd'
  if (type.kind === 'integer') return type.signed ? 'd' : 'u'
  return 's'
}
