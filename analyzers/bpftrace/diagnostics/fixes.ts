/** The makings of quick fixes: replacing, inserting, removing, and guessing what a misspelt name was meant to be. */
import { closest, distance } from 'fastest-levenshtein'
import { builtins, functions, probeTypes } from '../catalog/index.ts'
import type { Fix, Span } from '../diagnostic.ts'

export function replace(span: Span, newText: string, safe = false): readonly Fix[] {
  return [{ title: `Replace with \`${newText}\``, edits: [{ span, newText }], safe }]
}

export function insert(at: number, newText: string, title: string, safe = false): readonly Fix[] {
  return [{ title, edits: [{ span: { start: at, end: at }, newText }], safe }]
}

export function remove(span: Span, title: string): readonly Fix[] {
  return [{ title, edits: [{ span, newText: '' }], safe: true }]
}

/** The name that was probably meant, if one is near enough. */
export function didYouMean(span: Span, name: string, candidates: readonly string[]): readonly Fix[] {
  const others = candidates.filter((candidate) => candidate !== name)
  if (others.length === 0 || name.length < 2) return []
  const best = closest(name, others)
  const tolerance = Math.max(1, Math.floor(name.length / 3))
  return distance(name, best) <= tolerance ? replace(span, best) : []
}

/** The same probe type under the name that another generation gives it. */
const otherNames: Readonly<Record<string, string>> = {
  begin: 'BEGIN',
  end: 'END',
  fentry: 'kfunc',
  fexit: 'kretfunc',
  kfunc: 'fentry',
  kretfunc: 'fexit',
  asyncwatchpoint: 'watchpoint',
}

export function probeTypeMean(span: Span, name: string): readonly Fix[] {
  const place = { start: span.start, end: span.start + name.length }
  const renamed = otherNames[name]
  if (renamed && Object.hasOwn(otherNames, name)) return replace(place, renamed, true)
  return didYouMean(place, name, [...new Set(probeTypes.map((type) => type.name))])
}

export const functionMean = (span: Span, name: string): readonly Fix[] =>
  didYouMean(span, name, [...new Set(functions.map((entry) => entry.name))])

export const builtinMean = (span: Span, name: string): readonly Fix[] =>
  didYouMean(span, name, [
    ...new Set(builtins.filter((entry) => entry.kind !== 'parameter').map((entry) => entry.name)),
  ])

const builtinOfField: Readonly<Record<string, string>> = { common_pid: 'pid' }

/** The builtin that tells what a common field of a tracepoint would. */
export function commonField(span: Span, field: string): readonly Fix[] {
  const builtin = builtinOfField[field]
  return builtin ? replace(span, builtin) : []
}

/** `sarg2` as it is read from the stack today. */
export function stackArgument(span: Span, name: string): readonly Fix[] {
  const index = Number(/\d+$/.exec(name)?.[0] ?? 0)
  return replace(span, `*(uint64 *)(reg("sp") + ${8 * (index + 1)})`)
}

const conversion = /%-?\+? ?#?0?(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlLjzt]*(?:[diouxXeEfFGaAcspn%]|gr|g|rh|rx|r)/g

/** The conversion number `index` inside the literal at `span`, with another specifier. */
export function formatSpecifier(
  span: Span,
  specifier: string,
  suggestion: string,
  index: number,
  source: string,
): readonly Fix[] {
  if (suggestion === '') return []
  const text = source.slice(span.start, span.end)
  const found = [...text.matchAll(conversion)].filter((match) => match[0] !== '%%')[index]
  if (found?.[0] !== specifier) return []
  const start = span.start + found.index
  return replace({ start, end: start + specifier.length }, `%${suggestion}`)
}
