/** Fixes of C text: the type that was meant by a name that is none. */
import { specifierWords } from '../c-definitions/base-types.ts'
import type { Fix, Span } from '../diagnostic.ts'
import { didYouMean, insert } from '../diagnostics/fixes.ts'
import { typeWords, type Vocabulary } from '../spelling/words.ts'

export function knownCType(words: Vocabulary, span: Span, problem: string, source: string): readonly Fix[] {
  const [, name] = /^unknown type name '(\w+)'$/.exec(problem) ?? []
  if (name === undefined || source.slice(span.start, span.end) !== name) return []
  for (const keyword of ['struct', 'enum', 'union'] as const) {
    const isOne = typeWords(words, keyword).some((names) => names.includes(name))
    if (isOne) return insert(span.start, `${keyword} `, `Write \`${keyword} ${name}\``)
  }
  return didYouMean(span, name, [...specifierWords, ...words.kernel.names('typedef')])
}
