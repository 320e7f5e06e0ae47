/** Fixes of format strings: as many conversions as there are values. */
import type { Fix, Span } from '../diagnostic.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { callAt } from './find.ts'

const conversion = /%(?:%|-?\+? ?#?0?(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlLjzt]*(?:[diouxXeEfFGaAcspn]|gr|g|rh|rx|r))/g

interface Literal {
  readonly span: Span
  readonly text: string
}

function formatOf(tree: SyntaxTree, span: Span): Literal | undefined {
  const [format] = callAt(tree, span)?.arguments ?? []
  if (format?.kind !== 'StringLiteral') return undefined
  return { span: format.span, text: tree.source.slice(format.span.start, format.span.end) }
}

/** Without the conversions that have no value; a percent sign before a blank is no conversion at all. */
export function fewerConversions(tree: SyntaxTree, span: Span, values: number): readonly Fix[] {
  const format = formatOf(tree, span)
  if (!format) return []
  const found = [...format.text.matchAll(conversion)].filter(([text]) => text !== '%%')
  const surplus = found.slice(values)
  const percent = found.filter(([text]) => text.startsWith('% '))
  if (percent.length === surplus.length && percent.length > 0) {
    const edits = percent.map(({ index }) => edit(format, index, index + 1, '%%'))
    return [{ title: 'Write the percent sign as `%%`', edits, safe: false }]
  }
  if (surplus.length === 0) return []
  const edits = surplus.map(({ index, 0: text }) => {
    const gap = /,? ?$/.exec(format.text.slice(0, index))?.[0].length ?? 0
    return edit(format, index - gap, index + text.length, '')
  })
  const title = surplus.length === 1 ? `Remove \`${surplus[0]?.[0]}\`` : `Remove the last ${surplus.length} conversions`
  return [{ title, edits, safe: false }]
}

/** Anything that looks like a conversion, of whatever letter, or has its letter before the percent sign. */
const meantAsConversion =
  /%%|(?<start>%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?)[hlLjzt]*(?:gr|rh|rx|[a-zA-Z])|[dsuxpcr]%(?=[^%\w]|$)/g

/** Where each value has something that is meant to print it, and some of that prints nothing: `%z`, `%f`, `d%`. */
export function misspeltConversions(tree: SyntaxTree, span: Span, kinds: readonly string[]): readonly Fix[] {
  const format = formatOf(tree, span)
  if (!format) return []
  const known = new Set(
    [...format.text.matchAll(conversion)].filter(([text]) => !/[eEfFGaAn]$/.test(text)).map(({ index }) => index),
  )
  const meant = [...format.text.matchAll(meantAsConversion)].filter(([text]) => text !== '%%')
  if (meant.length !== kinds.length) return []
  const wrong = meant.flatMap((match, value) => (known.has(match.index) ? [] : [{ match, kind: kinds[value] ?? '' }]))
  if (wrong.length === 0 || wrong.some(({ kind }) => kind === '')) return []
  const edits = wrong.map(({ match: { 0: text, index, groups }, kind }) =>
    edit(format, index, index + text.length, `${groups?.start ?? '%'}${kind}`),
  )
  const [first] = edits
  const title = edits.length === 1 ? `Replace with \`${first?.newText}\`` : 'Correct the conversions'
  return [{ title, edits, safe: false }]
}

/** With a conversion for each value that has none, before the end of the line. */
export function moreConversions(tree: SyntaxTree, span: Span, known: number, kinds: readonly string[]): readonly Fix[] {
  const format = formatOf(tree, span)
  const missing = kinds.slice(known)
  if (!format || missing.length === 0 || missing.includes('')) return []
  const end = /(?:\\n)*"$/.exec(format.text)?.index
  if (end === undefined) return []
  const isApart = end === 1 || /\s$/.test(format.text.slice(0, end))
  const written = missing.map((kind) => `%${kind}`).join(' ')
  return [
    {
      title: `Print it with \`${written}\``,
      edits: [edit(format, end, end, isApart ? written : ` ${written}`)],
      safe: false,
    },
  ]
}

const edit = ({ span }: Literal, from: number, to: number, newText: string) => ({
  span: { start: span.start + from, end: span.start + to },
  newText,
})
