/** Format strings as the compiler before 0.24 reads them: one specifier, one type. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicKind } from '../../types/format.ts'
import type { Type } from '../../types/type.ts'
import { suitableSpecifier } from '../format-string.ts'
import { report, type State, since } from './state.ts'

const conversion = /%-?[0-9]*(?:\.[0-9]+)?(-?[a-zA-Z]+)/g
const known = /^(?:hh|h|ll|l|j|z|t)?([duoxXp])$|^([src]|rx|rh)$/

/** Types that are printed as text. */
const asText = [
  'string',
  'ksym',
  'usym',
  'inet',
  'username',
  'probe',
  'stack',
  'timestamp',
  'mac-address',
  'cgroup-path',
  'strerror',
]

export function checkFormat(state: State, node: Ast.Call, format: string, types: readonly Type[]): void {
  const written = [...format.replace(/%%/g, '').matchAll(conversion)].map((match) => ({
    text: match[0],
    letters: longest(match[1] ?? ''),
  }))
  // What is no specifier of this compiler is text like any other.
  const specifiers = since(state, '0.18') ? written : written.filter(({ letters }) => known.test(letters))
  if (specifiers.length !== types.length) {
    report(state, 'format-arguments', node.span, {
      expected: specifiers.length,
      found: types.length,
      kinds: types.map(suitableSpecifier),
    })
    return
  }
  if (node.callee.text === 'debugf' && types.length > 3) {
    report(state, 'argument-invalid', node.span, { name: 'debugf', problem: 'takes at most 3 values' })
  }
  const literal = node.arguments[0]
  for (const [index, type] of types.entries()) {
    const specifier = specifiers[index]
    if (!specifier || type.kind === 'unknown' || since(state, '0.18')) continue
    const problem = (text: string, suggestion: string) =>
      report(state, 'format-specifier', node.span, {
        specifier: specifier.text,
        type: text,
        suggestion,
        index,
        start: literal?.span.start ?? node.span.start,
        end: literal?.span.end ?? node.span.end,
      })
    const wanted = wantedKind(specifier.letters)
    if (!wanted) problem('', printingSpecifier(type))
    else if (printedKind(type) !== wanted) problem(formatClassicKind(type), wanted === 'integer' ? 's' : 'd')
  }
}

/** The letters that make up a specifier; what follows is text again. */
function longest(letters: string): string {
  for (let length = Math.min(letters.length, 3); length > 0; length--) {
    if (known.test(letters.slice(0, length))) return letters.slice(0, length)
  }
  return letters
}

function wantedKind(letters: string): 'integer' | 'string' | 'buffer' | undefined {
  if (!known.test(letters)) return undefined
  if (letters === 's') return 'string'
  return /^r/.test(letters) ? 'buffer' : 'integer'
}

function printingSpecifier(type: Type): string {
  const kind = printedKind(type)
  if (kind === 'integer') return type.kind === 'integer' && !type.signed ? 'u' : 'd'
  return kind === 'string' ? 's' : kind === 'buffer' ? 'r' : ''
}

function printedKind(type: Type): string {
  if (asText.includes(type.kind)) return 'string'
  if (type.kind === 'pointer') return 'integer'
  return type.kind
}
