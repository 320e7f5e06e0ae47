/**
 * How well the words of a search fit things that have a name, a title, a question and tags. It knows no template itself,
 * so that a view can search in descriptions without the programs.
 */
export interface Searchable {
  readonly name: string
  readonly title: string
  readonly question: string
  readonly tags: readonly string[]
}

export interface Ranked<T> {
  readonly item: T
  /** Share of the best that the words could reach, from 0 to 1; 1 for all where there are no words. */
  readonly score: number
}

const IN_NAME = 4
const IN_TAGS = 3
const IN_TITLE = 3
const IN_QUESTION = 1

/**
 * Those that have any of the words, best first; all in their own order where there are no words. While someone is still
 * typing, the beginning of a word counts as the word.
 */
export function rankByWords<T extends Searchable>(
  items: readonly T[],
  query: string,
  isTyping = false,
): readonly Ranked<T>[] {
  const words = wordsOf(query)
  const matches = isTyping ? startsOrMatches : isSameOrLonger
  if (words.length === 0) return items.map((item) => ({ item, score: 1 }))
  const most = words.length * (IN_NAME + IN_TAGS + IN_TITLE + IN_QUESTION)
  return items
    .map((item) => ({ item, score: scoreOf(item, words, matches) / most }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.item.name.localeCompare(b.item.name))
}

type Matches = (own: string, word: string) => boolean

function scoreOf(item: Searchable, words: readonly string[], matches: Matches): number {
  const places = [
    [IN_NAME, wordsOf(item.name)],
    [IN_TAGS, wordsOf(item.tags.join(' '))],
    [IN_TITLE, wordsOf(item.title)],
    [IN_QUESTION, wordsOf(item.question)],
  ] as const
  let score = 0
  for (const word of words) {
    for (const [weight, own] of places) if (own.some((each) => matches(each, word))) score += weight
  }
  return score
}

/** Without the words that every question has, and without endings of the plural. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !common.has(word))
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
}

const common = new Set(
  'the is are of to in on by and or for with what which who how does do did my a an from it its this that per all many much long show me'.split(
    ' ',
  ),
)

const startsOrMatches: Matches = (own, word) => own.startsWith(word) || isSameOrLonger(own, word)

const isSameOrLonger: Matches = (own, word) => {
  return own === word || (word.length > 3 && own.startsWith(word)) || (own.length > 3 && word.startsWith(own))
}
