/**
 * Slips in what holds a program together: where it cannot be read, one of the words before that place may have been meant
 * as `if`, `unroll`, `struct`; a quotation mark may be missing, or a brace too many. A guess is offered only when the program can be read further with it.
 */
import { keywords, standing } from '../catalog/index.ts'
import type { Diagnostic, Fix, Span } from '../diagnostic.ts'
import { parse } from '../syntax/parse.ts'
import { isTrivia, type SyntaxTree, type Token } from '../syntax/tree.ts'
import { syntaxDiagnostics } from '../syntax/versions.ts'
import type { Version } from '../version.ts'
import { nearest } from './nearest.ts'

/** How far back the word may lie, and how many guesses are tried: each costs reading the program again. */
const WORDS_BACK = 16
const MOST_GUESSES = 4
/** As much text behind the error is read again, and no more than this in all: it must not be felt while typing. */
const TEXT_BEHIND = 2000
const LONGEST_READ = 10_000

const cTypes = ['struct', 'union', 'enum']

/** The first error with such a fix before its others, where there is one; alone, when that mends the whole. */
export function withKeywordFixes(
  tree: SyntaxTree,
  errors: readonly Diagnostic[],
  version: Version,
): readonly Diagnostic[] {
  const [first, ...rest] = errors
  if (first === undefined) return errors
  const others = first.message.endsWith(OPEN_STRING) ? rest.filter(({ span }) => span.start > first.span.start) : rest
  const found = guessesFor(tree, first, version)
    .map((guess) => tried(tree, first, version, guess))
    .find((each) => each !== undefined)
  if (!found) return [first, ...others]
  // What else cannot be read follows from the same word.
  return [{ ...first, fixes: [found.fix, ...first.fixes] }, ...(found.mendsAll ? [] : others)]
}

const OPEN_STRING = 'unterminated string'

interface Guess {
  readonly place: Span
  readonly newText: string
  readonly title: string
}

interface Found {
  readonly fix: Fix
  readonly mendsAll: boolean
}

function guessesFor(tree: SyntaxTree, error: Diagnostic, version: Version): readonly Guess[] {
  if (error.message.endsWith(OPEN_STRING)) return closingQuotes(tree)
  const brace = strayBrace(tree, error)
  return [...(brace ? [brace] : []), ...wordGuesses(tree, error, version)]
}

function wordGuesses(tree: SyntaxTree, error: Diagnostic, version: Version): readonly Guess[] {
  const words = [
    ...keywords.filter(({ name: _, ...life }) => standing(life, version).kind !== 'not-yet').map(({ name }) => name),
    ...cTypes,
  ]
  return wordsBefore(tree, error.span.end)
    .flatMap((place) => {
      const written = tree.source.slice(place.start, place.end)
      if (/^els?e?_?if$/i.test(written)) return [{ place, name: 'else if', cost: 0 }]
      const near = words.includes(written) ? undefined : nearest(written, words, { few: true })
      return near ? [{ place, ...near }] : []
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_GUESSES)
    .map(({ place, name }) => ({ place, newText: name, title: `Replace with \`${name}\`` }))
}

/** Where the quotation mark may have to stand that was forgotten: in the line of the one that it belongs to. */
function closingQuotes({ source, tokens }: SyntaxTree): readonly Guess[] {
  const open = tokens.findLast(({ kind }) => kind === 'string')
  if (!open) return []
  const [line = ''] = source.slice(open.start, open.end).split('\n', 1)
  const patterns = [/(?<=\\n)(?=\s*[,)])/, /(?=\)\s*;?\s*\}*\s*$)/, /(?=\s*;?\s*$)/]
  return patterns.flatMap((pattern) => {
    const at = pattern.exec(line)?.index
    if (at === undefined || at === 0) return []
    const place = { start: open.start + at, end: open.start + at }
    return [{ place, newText: '"', title: 'Insert `"`' }]
  })
}

/** A brace too many after a probe is read as the beginning of the next one. */
function strayBrace({ program, source }: SyntaxTree, { span }: Diagnostic): Guess | undefined {
  const item = program.items.findLast((each) => each.span.start <= span.start)
  const start = item?.kind === 'Probe' ? item.span.start : undefined
  if (start === undefined || source[start] !== '}') return undefined
  return { place: { start, end: start + 1 }, newText: '', title: 'Remove `}`' }
}

/** The guess as a fix, when the program can be read further with it. */
function tried(tree: SyntaxTree, error: Diagnostic, version: Version, guess: Guess): Found | undefined {
  const { place, newText, title } = guess
  const from = startOfItem(tree, place.start)
  const to = Math.min(tree.source.length, error.span.end + TEXT_BEHIND)
  if (to - from > LONGEST_READ) return undefined
  const program = tree.source.slice(from, place.start) + newText + tree.source.slice(place.end, to)
  const errorEnd = error.span.end - from + newText.length - (place.end - place.start)
  const [next] = program.trim() === '' ? [] : syntaxDiagnostics(parse(program), version)
  if (next !== undefined && next.span.start <= errorEnd) return undefined
  const fix = { title, edits: [{ span: place, newText }], safe: false }
  const isCutOff = to < tree.source.length && next !== undefined && next.span.end >= program.length
  return { fix, mendsAll: next === undefined || isCutOff }
}

/** Of the probe or definition around an offset, or of the one before, where that is not read as one. */
function startOfItem({ program }: SyntaxTree, offset: number): number {
  return program.items.findLast(({ span }) => span.start <= offset)?.span.start ?? 0
}

/** Words up to an offset, the nearest first; at the top level they are read as attach points. */
function wordsBefore({ tokens, source }: SyntaxTree, offset: number): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  let index = tokens.findLastIndex((token) => token.start < offset || (token.start === offset && token.end === offset))
  for (let steps = 0; index >= 0 && steps < WORDS_BACK; index--) {
    const token = tokens[index]
    if (token === undefined || isTrivia(token)) continue
    const word = wordOf(token, source)
    if (!word) continue
    steps++
    found.push(word)
  }
  return found
}

function wordOf({ kind, start, end }: Token, source: string): { start: number; end: number } | undefined {
  if (kind !== 'identifier' && kind !== 'attachPoint') return undefined
  const length = /^[A-Za-z_]\w*(?=$|[^\w:])/.exec(source.slice(start, end))?.[0].length
  return length === undefined ? undefined : { start, end: start + length }
}
