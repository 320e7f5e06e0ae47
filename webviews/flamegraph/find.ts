/** What a typed search finds in a profile, and the words for it. */
import { formatPercent } from '../../analyzers/pprof/format-value.ts'
import { compileRegularExpression } from '../../analyzers/shared/regular-expression.ts'
import { fill } from '../shared/dom.ts'
import type { Language } from './facts.ts'
import type { Graphs } from './graphs.ts'
import { type Found, findFrames, makeQuery } from './search.ts'

export interface FindResult {
  readonly found: Found
  /** A few characters for the search box. */
  readonly short: string
  /** A sentence for pointer and assistive technology. */
  readonly text: string
  readonly isLiteral: boolean
}

export function find(graphs: Graphs, query: string, { texts, locale }: Language): FindResult {
  const compiled = makeQuery(query, (pattern) => {
    const expression = compileRegularExpression(pattern)
    return (text) => expression.test(text)
  })
  const found = findFrames(graphs.topDown, compiled)
  const number = new Intl.NumberFormat(locale)
  const values = {
    count: number.format(found.count),
    percent: formatPercent(found.value, graphs.whole, locale),
    all: number.format(graphs.topDown.nodeCount - 1),
  }
  const sentence = found.count === 0 ? texts.noMatch : fill(texts.matches, values)
  return {
    found,
    short: found.count === 0 ? texts.noMatch : fill(texts.matchesShort, values),
    text: compiled.isLiteral ? `${sentence}. ${texts.literalMatch}` : sentence,
    isLiteral: compiled.isLiteral,
  }
}
