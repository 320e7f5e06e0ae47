/**
 * The vocabulary of the parser: `at`, `eat`, `expect`, `mark`, `finish`, `missing`, `recover`. It pulls tokens from the
 * lexer, appends each to the one lossless array, and notes what is wrong. It knows nothing of the grammar.
 */
import type { Span } from '../diagnostic.ts'
import type { ErrorNode, Expression, Missing, Node } from './ast.ts'
import { skipLayout } from './characters.ts'
import { type ConstructId, constructs } from './constructs.ts'
import { scanToken, scanTrivia } from './lexer.ts'
import type { SyntaxFinding, Token } from './tree.ts'

/** Where a node starts: the index that its first token will have. */
export type Mark = number

/** The part of a source that was read before: its tokens, layout included, up to the one at `offset`. */
export interface Before {
  readonly tokens: Token[]
  /** Index of the last of them that is no layout. */
  readonly lastTaken: number
  readonly offset: number
}

/** How much is noted of one source; what is left out of a longer list helps nobody. */
export const FINDING_LIMIT = 10_000

/** How deep blocks, parentheses and operators may nest. */
const DEPTH_LIMIT = 400

export class Cursor {
  readonly source: string
  readonly tokens: Token[]
  readonly findings: SyntaxFinding[] = []
  /** Text of the current token; empty at the end. */
  text = ''
  /** The current token: scanned, not yet appended. Null at the end. */
  current: Token | null = null
  /** How many findings there were before the top-level item that is being read. */
  itemFindings = 0
  #lastEnd = 0
  /** Where missing nodes lie, by the token they stand before. */
  readonly #missing = new Map<Mark, number>()
  #depth = 0
  #tooDeep = false

  /** @param before What was read of the source already, when reading goes on in its middle. */
  constructor(source: string, before?: Before) {
    this.source = source
    this.tokens = before?.tokens ?? []
    this.lastTaken = before?.lastTaken ?? -1
    this.#lastEnd = this.tokens[this.lastTaken]?.end ?? 0
    this.#scan(before?.offset ?? 0)
  }

  /** Whether nothing is missing right before the current token: what is read from here on does not know what was before. */
  get fresh(): boolean {
    return !this.#missing.has(this.mark()) && !this.#tooDeep
  }

  /** Offset of the current token; the length of the source at the end. */
  get start(): number {
    return this.current ? this.current.start : this.source.length
  }

  /** Offset after the current token. */
  get end(): number {
    return this.current ? this.current.end : this.source.length
  }

  get done(): boolean {
    return this.current === null
  }

  at(text: string): boolean {
    return this.text === text
  }

  atKind(kind: Token['kind']): boolean {
    return this.current?.kind === kind
  }

  /** Whether the current token is the given word, as a word and not inside a string. */
  atWord(word: string): boolean {
    return this.text === word && this.atKind('identifier')
  }

  /** Whether a line end lies between the current token and the one before. */
  atNewLine(): boolean {
    return this.source.slice(this.#lastEnd, this.start).includes('\n')
  }

  /** The character after the current token and the layout behind it. */
  following(): string {
    return this.source.charAt(skipLayout(this.source, this.end))
  }

  bump(): void {
    if (!this.current) return
    this.#append(this.current)
    this.#scan(this.current.end)
  }

  /** Takes a token that was scanned in another mode in place of the current one. */
  bumpAs(token: Token): void {
    this.#append(token)
    this.#scan(token.end)
  }

  /** Takes trivia that the script lexer does not know, such as a `#!` line. */
  bumpTrivia(token: Token): void {
    this.tokens.push(token)
    this.#scan(token.end)
  }

  eat(text: string): boolean {
    if (this.text !== text) return false
    this.bump()
    return true
  }

  expect(text: string): boolean {
    if (this.eat(text)) return true
    this.report(`expected \`${text}\``)
    return false
  }

  mark(): Mark {
    return this.tokens.length
  }

  /** The place of a node from `mark` to the last token taken; a missing first child lies right before that token. */
  finish(mark: Mark): { span: Span; firstToken: number; lastToken: number } {
    const token = this.tokens[mark]
    const empty = !token || mark > this.lastTaken
    const start = this.#missing.get(mark) ?? (empty ? this.#lastEnd : token.start)
    return {
      span: { start, end: this.#lastEnd },
      firstToken: mark,
      lastToken: empty ? mark - 1 : this.lastTaken,
    }
  }

  missing(): Missing {
    const start = this.#lastEnd
    const mark = this.mark()
    this.#missing.set(mark, start)
    return { kind: 'Missing', span: { start, end: start }, firstToken: mark, lastToken: mark - 1 }
  }

  /** Notes an error of every version at the current token. */
  report(message: string, span: Span = this.here()): void {
    if (this.#mayNote(2 * FINDING_LIMIT)) this.findings.push({ span: { ...span }, message })
  }

  /** Notes the use of a construct that not every version has, where those would complain. */
  note(construct: ConstructId, span: Span = this.here(), message?: string): void {
    if (this.#mayNote(FINDING_LIMIT))
      this.findings.push({ span: { ...span }, message: message ?? constructs[construct].title, construct })
  }

  /** Errors may exceed the limit of mere uses, so that many uses cannot hide an error. */
  #mayNote(limit: number): boolean {
    return !this.#tooDeep && this.findings.length < limit
  }

  here(): Span {
    return { start: this.start, end: this.end }
  }

  /** Skips to a token of the set, over whole groups in braces, as an error node; null when nothing is skipped. */
  recover(until: (cursor: Cursor) => boolean): ErrorNode | null {
    const mark = this.mark()
    let depth = 0
    while (!this.done && (depth > 0 || !until(this))) {
      if (this.at('{')) depth++
      else if (this.at('}')) depth--
      this.bump()
    }
    return this.mark() > mark ? { kind: 'Error', ...this.finish(mark) } : null
  }

  /**
   * Runs a production that may nest in itself. Past the limit it says so once and takes the rest of the source as one
   * error, so that hostile input costs linear time and no stack.
   */
  nested<T extends Node>(production: () => T): T | ErrorNode {
    if (this.#depth >= DEPTH_LIMIT) return this.#giveUp()
    this.#depth++
    const node = production()
    this.#depth--
    return node
  }

  /** Whether a chain of operators may grow by another link; walkers recurse into chains as they do into nesting. */
  linkAllowed(links: number): boolean {
    return links < 4 * DEPTH_LIMIT
  }

  #giveUp(): ErrorNode {
    this.report('nested too deeply')
    this.#tooDeep = true
    const mark = this.mark()
    while (!this.done) this.bump()
    return { kind: 'Error', ...this.finish(mark) }
  }

  giveUp(): Expression {
    return this.#giveUp()
  }

  /** Index of the last token taken; trivia may follow it. */
  lastTaken: number

  /** Takes tokens, up to the end of the source, that were read before. */
  takeAll(tokens: readonly Token[], lastTaken: number): void {
    for (const token of tokens) this.tokens.push(token)
    this.lastTaken = lastTaken
    this.#lastEnd = this.tokens[lastTaken]?.end ?? 0
    this.current = null
    this.text = ''
  }

  #append(token: Token): void {
    this.lastTaken = this.tokens.length
    this.tokens.push(token)
    this.#lastEnd = token.end
  }

  #scan(offset: number): void {
    let at = offset
    for (let trivia = scanTrivia(this.source, at); trivia; trivia = scanTrivia(this.source, at)) {
      this.tokens.push(trivia)
      at = trivia.end
    }
    if (at >= this.source.length) {
      this.current = null
      this.text = ''
      return
    }
    this.current = scanToken(this.source, at)
    this.text = this.source.slice(this.current.start, this.current.end)
  }
}
