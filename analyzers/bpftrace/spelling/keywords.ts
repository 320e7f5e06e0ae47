/**
 * Misspelt keywords: where a program cannot be read, one of the words before that place may have been meant as `if`,
 * `unroll`, `struct`. A guess is offered only when the program can be read further with it.
 */
import { keywords, standing } from '../catalog/index.ts'
import type { Diagnostic, Fix } from '../diagnostic.ts'
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
  const found = keywordFix(tree, first, version)
  if (!found) return errors
  // What else cannot be read follows from the same word.
  return [{ ...first, fixes: [found.fix, ...first.fixes] }, ...(found.mendsAll ? [] : rest)]
}

interface Found {
  readonly fix: Fix
  readonly mendsAll: boolean
}

function keywordFix(tree: SyntaxTree, error: Diagnostic, version: Version): Found | undefined {
  const words = [
    ...keywords.filter(({ name: _, ...life }) => standing(life, version).kind !== 'not-yet').map(({ name }) => name),
    ...cTypes,
  ]
  const guesses = wordsBefore(tree, error.span.end)
    .flatMap((token) => {
      const written = tree.source.slice(token.start, token.end)
      const near = words.includes(written) ? undefined : nearest(written, words, { few: true })
      return near ? [{ token, ...near }] : []
    })
    .sort((a, b) => a.cost - b.cost)
  for (const { token, name } of guesses.slice(0, MOST_GUESSES)) {
    const from = startOfItem(tree, token.start)
    const to = Math.min(tree.source.length, error.span.end + TEXT_BEHIND)
    if (to - from > LONGEST_READ) continue
    const program = tree.source.slice(from, token.start) + name + tree.source.slice(token.end, to)
    const errorEnd = error.span.end - from + name.length - (token.end - token.start)
    const [next] = syntaxDiagnostics(parse(program), version)
    if (next !== undefined && next.span.start <= errorEnd) continue
    const fix = { title: `Replace with \`${name}\``, edits: [{ span: token, newText: name }], safe: false }
    const isCutOff = to < tree.source.length && next !== undefined && next.span.end >= program.length
    return { fix, mendsAll: next === undefined || isCutOff }
  }
  return undefined
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
