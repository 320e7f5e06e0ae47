/** Integer constant expressions of C, as enum values, array sizes, bit widths and `#if` use them. */
import type { CToken } from './tokens.ts'

export interface ConstantNames {
  /** The value of a word; undefined when it has none. */
  value(name: string): bigint | undefined
  /** The size of the type that these tokens spell; undefined when they spell none. */
  sizeOf(tokens: readonly CToken[]): number | undefined
}

/** Binary operators by how strongly they bind, weakest first. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

const DEPTH_LIMIT = 200

/** The value, or undefined when the tokens are no expression that can be evaluated. */
export function evaluateConstant(tokens: readonly CToken[], names: ConstantNames): bigint | undefined {
  const reader = new Reader(tokens, names)
  const value = reader.conditional(0)
  return reader.done ? value : undefined
}

class Reader {
  #at = 0
  readonly #tokens: readonly CToken[]
  readonly #names: ConstantNames

  constructor(tokens: readonly CToken[], names: ConstantNames) {
    this.#tokens = tokens
    this.#names = names
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length
  }

  get #text(): string {
    return this.#tokens[this.#at]?.text ?? ''
  }

  #eat(text: string): boolean {
    if (this.#text !== text) return false
    this.#at++
    return true
  }

  conditional(depth: number): bigint | undefined {
    if (depth > DEPTH_LIMIT) return undefined
    const condition = this.#binary(0, depth + 1)
    if (!this.#eat('?')) return condition
    const whenTrue = this.conditional(depth + 1)
    if (!this.#eat(':')) return undefined
    const whenFalse = this.conditional(depth + 1)
    return condition === undefined ? undefined : condition !== 0n ? whenTrue : whenFalse
  }

  #binary(level: number, depth: number): bigint | undefined {
    const operators = levels[level]
    if (!operators) return this.#unary(depth)
    let left = this.#binary(level + 1, depth)
    for (let operator = this.#text; operators.includes(operator); operator = this.#text) {
      this.#at++
      const right = this.#binary(level + 1, depth)
      left = left === undefined || right === undefined ? undefined : apply(operator, left, right)
    }
    return left
  }

  #unary(depth: number): bigint | undefined {
    if (depth > DEPTH_LIMIT) return undefined
    const token = this.#tokens[this.#at]
    if (!token) return undefined
    this.#at++
    switch (token.text) {
      case '+':
        return this.#unary(depth + 1)
      case '-':
        return map(this.#unary(depth + 1), (value) => -value)
      case '~':
        return map(this.#unary(depth + 1), (value) => ~value)
      case '!':
        return map(this.#unary(depth + 1), (value) => (value === 0n ? 1n : 0n))
      case '(':
        return this.#parenthesized(depth + 1)
      case 'sizeof':
        return this.#sizeof()
    }
    if (token.kind === 'number') return parseCInteger(token.text)
    if (token.kind === 'character') return characterValue(token.text)
    if (token.kind !== 'word') return undefined
    if (this.#text === '(') {
      this.#group()
      return undefined
    }
    return this.#names.value(token.text)
  }

  /** A grouped expression, or a cast, whose type changes nothing here. */
  #parenthesized(depth: number): bigint | undefined {
    const start = this.#at
    this.#at--
    const inside = this.#group()
    if (this.#names.sizeOf(inside) !== undefined) return this.#unary(depth)
    this.#at = start
    const value = this.conditional(depth)
    return this.#eat(')') ? value : undefined
  }

  #sizeof(): bigint | undefined {
    if (this.#text !== '(') return undefined
    const size = this.#names.sizeOf(this.#group())
    return size === undefined ? undefined : BigInt(size)
  }

  /** Takes a parenthesized group and gives what is inside. */
  #group(): readonly CToken[] {
    const start = this.#at + 1
    let depth = 0
    while (!this.done) {
      const text = this.#text
      this.#at++
      if (text === '(') depth++
      else if (text === ')' && --depth === 0) break
    }
    return this.#tokens.slice(start, this.#at - 1)
  }
}

function map(value: bigint | undefined, change: (value: bigint) => bigint): bigint | undefined {
  return value === undefined ? undefined : change(value)
}

function apply(operator: string, left: bigint, right: bigint): bigint | undefined {
  const truth = (holds: boolean) => (holds ? 1n : 0n)
  switch (operator) {
    case '||':
      return truth(left !== 0n || right !== 0n)
    case '&&':
      return truth(left !== 0n && right !== 0n)
    case '|':
      return left | right
    case '^':
      return left ^ right
    case '&':
      return left & right
    case '==':
      return truth(left === right)
    case '!=':
      return truth(left !== right)
    case '<':
      return truth(left < right)
    case '>':
      return truth(left > right)
    case '<=':
      return truth(left <= right)
    case '>=':
      return truth(left >= right)
    case '<<':
      return right >= 0n && right < 64n ? BigInt.asIntN(64, left << right) : undefined
    case '>>':
      return right >= 0n && right < 64n ? left >> right : undefined
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0n ? undefined : left / right
    default:
      return right === 0n ? undefined : left % right
  }
}

/** `10`, `0x1f`, `017`, `0b11`, with C's suffixes. */
export function parseCInteger(text: string): bigint | undefined {
  const digits = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)[uUlL]*$/.exec(text)?.[1]
  if (!digits) return undefined
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`)
  return /^0[89]/.test(digits) ? undefined : BigInt(digits)
}

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '0': 0, '\\': 92, "'": 39, '"': 34 }

function characterValue(text: string): bigint | undefined {
  const inside = text.slice(1, -1)
  if (inside.length === 1) return BigInt(inside.charCodeAt(0))
  const code = inside.startsWith('\\') ? escapes[inside.slice(1)] : undefined
  return code === undefined ? undefined : BigInt(code)
}
