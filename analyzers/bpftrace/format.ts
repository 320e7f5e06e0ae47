/**
 * The formatter: new blanks and line ends between the same tokens and comments. A program with syntax errors is left
 * as it is, because nobody knows what its author meant.
 */
import { UserError } from '../shared/user-error.ts'
import type { TextEdit } from './diagnostic.ts'
import { print } from './format/doc.ts'
import { programDoc } from './format/layout.ts'
import { TokenSource } from './format/source.ts'
import { parse } from './syntax/parse.ts'
import type { SyntaxTree } from './syntax/tree.ts'

export interface Formatted {
  readonly text: string
  readonly changed: boolean
}

/** Longest line that is broken where it can be. */
const WIDTH = 90
/** Comments that move to another line may let the next pass lay out once more. */
const PASSES = 3

/** @throws UserError when the program has syntax errors. */
export function format(source: string): Formatted {
  let tree = parse(source)
  const [first] = tree.errors
  if (first) {
    const line = source.slice(0, first.span.start).split('\n').length
    throw new UserError({
      code: 'SYNTAX_ERROR',
      message: `The program cannot be formatted: line ${line}: ${first.message}`,
      hint: 'Correct the syntax error first.',
      details: { line, message: first.message },
    })
  }
  let text = source
  for (let pass = 0; pass < PASSES; pass++) {
    const next = layOut(tree)
    const again = parse(next)
    // Never trade a layout for a token: keep what there is should the two differ.
    if (!sameTokens(tree, again) || next === text) break
    text = next
    tree = again
  }
  return { text, changed: text !== source }
}

/** The edit that turns the source into its formatted text, from the first to the last difference; none when equal. */
export function formattingEdits(source: string, formatted: string): readonly TextEdit[] {
  if (source === formatted) return []
  let start = 0
  while (start < source.length && source[start] === formatted[start]) start++
  let end = source.length
  let newEnd = formatted.length
  while (end > start && newEnd > start && source[end - 1] === formatted[newEnd - 1]) {
    end--
    newEnd--
  }
  return [{ span: { start, end }, newText: formatted.slice(start, newEnd) }]
}

function layOut(tree: SyntaxTree): string {
  const tokens = new TokenSource(tree)
  const doc = programDoc(tokens, tree.program)
  if (!tokens.done) throw new Error('a token was left out')
  const text = print(doc, WIDTH).trimEnd()
  return text === '' ? '' : `${text}\n`
}

function sameTokens(before: SyntaxTree, after: SyntaxTree): boolean {
  const left = significantTexts(before)
  const right = significantTexts(after)
  return left.length === right.length && left.every((text, index) => text === right[index])
}

/** Tokens and comments, without blanks at the ends of comments. */
function significantTexts({ tokens, source }: SyntaxTree): readonly string[] {
  return tokens.filter(({ kind }) => kind !== 'blank').map(({ start, end }) => source.slice(start, end).trimEnd())
}
