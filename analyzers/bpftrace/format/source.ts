/**
 * The tokens of a tree as documents, one after the other, each with the comments around it. Whoever builds a layout
 * takes every token exactly once, so that none can be lost, and never writes one of its own.
 */
import type { SyntaxTree, Token } from '../syntax/tree.ts'
import { isTrivia } from '../syntax/tree.ts'
import { blankLine, type Doc, hardLine } from './doc.ts'

export class TokenSource {
  readonly #tree: SyntaxTree
  readonly #tokens: readonly Token[]
  /** Index of the next token to take, in the tree's array. */
  #next = 0
  /** Comments before this index have been given out. */
  #commentsDone = 0

  constructor(tree: SyntaxTree) {
    this.#tree = tree
    this.#tokens = tree.tokens
    this.#next = this.#significant(0)
  }

  get done(): boolean {
    return this.#next >= this.#tokens.length
  }

  /** Text of the next token; empty at the end. */
  get text(): string {
    const token = this.#tokens[this.#next]
    return token ? this.#textOf(token) : ''
  }

  at(text: string): boolean {
    return this.text === text
  }

  /** The next token with its comments. */
  take(): Doc {
    const token = this.#tokens[this.#next]
    if (!token) throw new Error('a token was taken twice')
    const before = this.#inlineComments()
    const after = this.#trailingComments(this.#next + 1)
    this.#next = this.#significant(this.#next + 1)
    return [before, this.#textOf(token), after]
  }

  /** The next token as written, or nothing when it is another one. */
  takeIf(text: string): Doc {
    return this.at(text) ? this.take() : ''
  }

  /** How many tokens, trivia left out, a node with these bounds has. */
  countBetween(first: number, last: number): number {
    return this.#tokens.slice(first, last + 1).filter((token) => !isTrivia(token)).length
  }

  /** Whether an empty line stands before the next token and the comments before it. */
  blankAhead(): boolean {
    const start = this.#commentsDone === 0 ? 0 : (this.#tokens[this.#commentsDone - 1]?.end ?? 0)
    const trivia = this.#trivia()
    const first = trivia.find((token) => token.kind !== 'blank') ?? this.#tokens[this.#next]
    return isBlank(this.#tree.source.slice(start, first?.start ?? this.#tree.source.length))
  }

  /** Whether comments stand before the next token that have lines of their own. */
  commentsAhead(): boolean {
    return this.#trivia().some((token) => token.kind !== 'blank')
  }

  /** The comments before the next token, each on its own line, with a break behind the last. */
  ownLineComments(): Doc {
    const parts: Doc[] = []
    const trivia = this.#trivia()
    trivia.forEach((token, index) => {
      if (token.kind === 'blank') return
      const behind = trivia[index + 1]
      const space = behind?.kind === 'blank' ? this.#textOf(behind) : ''
      const sameLine = token.kind === 'blockComment' && space !== '' && !space.includes('\n') && !this.done
      parts.push(this.#textOf(token).trimEnd(), sameLine ? ' ' : isBlank(space) ? blankLine : hardLine)
    })
    this.#commentsDone = this.#next
    return parts
  }

  /** Comments at the very end, each on its own line. */
  finalComments(): Doc {
    const parts: Doc[] = []
    let before = this.#tokens[this.#commentsDone - 1]?.end ?? 0
    for (const token of this.#trivia()) {
      if (token.kind === 'blank') continue
      const space = this.#tree.source.slice(before, token.start)
      parts.push(before === 0 ? '' : isBlank(space) ? blankLine : hardLine, this.#textOf(token).trimEnd())
      before = token.end
    }
    this.#commentsDone = this.#next
    return parts
  }

  /** Trivia before the next token that has not been given out. */
  #trivia(): readonly Token[] {
    return this.#tokens.slice(this.#commentsDone, this.#next)
  }

  #inlineComments(): Doc {
    const parts: Doc[] = []
    for (const token of this.#trivia()) {
      if (token.kind === 'lineComment') parts.push({ kind: 'suffix', text: ` ${this.#textOf(token).trimEnd()}` })
      else if (token.kind === 'blockComment') parts.push(this.#textOf(token), ' ')
      else if (token.kind === 'shebang') parts.push(this.#textOf(token).trimEnd(), hardLine)
    }
    this.#commentsDone = this.#next + 1
    return parts
  }

  /** Comments behind a token up to the end of its line. */
  #trailingComments(from: number): Doc {
    const parts: Doc[] = []
    let done = from
    for (let index = from; index < this.#tokens.length; index++) {
      const token = this.#tokens[index]
      if (!token || !isTrivia(token)) break
      if (token.kind === 'blank' && this.#textOf(token).includes('\n')) break
      if (token.kind === 'blank') continue
      if (token.kind === 'blockComment' && !this.#endsLine(index)) break
      parts.push({ kind: 'suffix', text: ` ${this.#textOf(token).trimEnd()}` })
      done = index + 1
    }
    this.#commentsDone = Math.max(this.#commentsDone, done)
    return parts
  }

  /** Whether nothing but comments and blanks follows on the line. */
  #endsLine(index: number): boolean {
    for (let at = index + 1; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]
      if (!token || !isTrivia(token)) return false
      if (token.kind === 'lineComment' || this.#textOf(token).includes('\n')) return true
    }
    return true
  }

  #significant(from: number): number {
    let index = from
    for (let token = this.#tokens[index]; token && isTrivia(token); token = this.#tokens[index]) index++
    return index
  }

  #textOf({ start, end }: Token): string {
    return this.#tree.source.slice(start, end)
  }
}

function isBlank(space: string): boolean {
  return space.split('\n').length > 2
}
