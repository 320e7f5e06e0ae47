/** Fixes of the parts of attach points: a rate, an offset, a length, a name that has to be quoted. */
import type { Fix, Span } from '../diagnostic.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { nodeAt } from './find.ts'

/** One part, counted from 0 with the probe type, as another text. */
export function otherPart(
  tree: SyntaxTree,
  span: Span,
  index: number,
  newText: string,
  title?: string,
): readonly Fix[] {
  const part = nodeAt(tree, span, 'AttachPoint')?.parts[index]
  if (!part) return []
  return [{ title: title ?? `Replace with \`${newText}\``, edits: [{ span: part.span, newText }], safe: false }]
}

/** A further part behind the last. */
function furtherPart(tree: SyntaxTree, span: Span, text: string): readonly Fix[] {
  const last = nodeAt(tree, span, 'AttachPoint')?.parts.at(-1)
  if (!last) return []
  const at = { start: last.span.end, end: last.span.end }
  return [{ title: `Add \`:${text}\``, edits: [{ span: at, newText: `:${text}` }], safe: false }]
}

/** Only the probe type and the first parts. */
function fewerParts(tree: SyntaxTree, span: Span, most: number): readonly Fix[] {
  const parts = nodeAt(tree, span, 'AttachPoint')?.parts ?? []
  const [keep, last] = [parts[most], parts.at(-1)]
  if (!keep || !last || parts.length <= most + 1) return []
  const surplus = { start: keep.span.end, end: last.span.end }
  const text = tree.source.slice(surplus.start, surplus.end)
  return [{ title: `Remove \`${text}\``, edits: [{ span: surplus, newText: '' }], safe: false }]
}

const isTimer = (provider: string) => /^(?:interval|i|profile|p)$/.test(provider)

/** Too few or too many parts. */
export function otherCount(tree: SyntaxTree, span: Span, most: number, tracepoints: readonly string[]): readonly Fix[] {
  const [provider, first, ...more] = nodeAt(tree, span, 'AttachPoint')?.parts ?? []
  if (!provider) return []
  const found = more.length + (first ? 1 : 0)
  if (found > most) return fewerParts(tree, span, most)
  if (!first || more.length > 0) return []
  if (isTimer(provider.text))
    return /^\d+$/.test(first.text) ? otherPart(tree, span, 1, `hz:${first.text}`) : furtherPart(tree, span, '1')
  if (!/^t(?:racepoint)?$/.test(provider.text)) return []
  // The category of an event can be told from its name.
  const [event, ...others] = tracepoints.filter((name) => name.endsWith(`:${first.text}`))
  return event !== undefined && others.length === 0 ? otherPart(tree, span, 1, event) : []
}

/** A rate that is missing, zero or no number. */
export function mendedRate(tree: SyntaxTree, span: Span): readonly Fix[] {
  const [provider, first, second] = nodeAt(tree, span, 'AttachPoint')?.parts ?? []
  if (!provider || !first) return []
  if (second) return /^0+$/.test(second.text) ? otherPart(tree, span, 2, '1') : withUnit(tree, span, second.text)
  if (!isTimer(provider.text)) return []
  return /^\d+$/.test(first.text) ? otherPart(tree, span, 1, `hz:${first.text}`) : missingRate(tree, span, first.text)
}

const missingRate = (tree: SyntaxTree, span: Span, unit: string) =>
  /^(?:s|ms|us|hz)$/.test(unit) ? furtherPart(tree, span, '1') : []

/** `s:5s` says the unit twice. */
function withUnit(tree: SyntaxTree, span: Span, rate: string): readonly Fix[] {
  const [, number] = /^(\d+)(?:s|ms|us|hz|hertz|sec)$/i.exec(rate) ?? []
  return number === undefined || /^0+$/.test(number) ? [] : otherPart(tree, span, 2, number)
}

const lengths = [1, 2, 4, 8]

/** By what is wrong with the attach point. */
export function mendedPart(tree: SyntaxTree, span: Span, problem: string): readonly Fix[] {
  const parts = nodeAt(tree, span, 'AttachPoint')?.parts ?? []
  const text = (index: number) => parts[index]?.text ?? ''
  if (problem.includes('offset is not allowed')) {
    const last = parts.length - 1
    const [name] = text(last).split('+')
    return name ? otherPart(tree, span, last, parts[last]?.quoted ? `"${name}"` : name, 'Remove the offset') : []
  }
  if (problem.startsWith('the length of a watchpoint')) {
    const length = lengths.find((each) => each >= Number(text(2))) ?? 8
    return otherPart(tree, span, 2, String(length))
  }
  if (problem.startsWith('a watchpoint names')) return otherPart(tree, span, 3, [...new Set(text(3))].join(''))
  if (problem.startsWith('the mode "')) return otherPart(tree, span, 3, text(3).includes('r') ? 'rw' : 'w')
  return []
}

/** A part with a dollar sign that is meant as it is written. */
export function quotedPart(tree: SyntaxTree, span: Span): readonly Fix[] {
  const parts = nodeAt(tree, span, 'AttachPoint')?.parts ?? []
  const index = parts.findIndex(({ quoted, text }) => !quoted && /\$(?![1-9])/.test(text))
  const part = parts[index]
  return part ? otherPart(tree, span, index, `"${part.text}"`, 'Quote it') : []
}
