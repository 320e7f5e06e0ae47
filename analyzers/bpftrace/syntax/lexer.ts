/**
 * Scans one token at an offset. The parser pulls: attach points, preprocessor lines and C definitions are lexed
 * differently from script text, and only the parser knows which of them is due.
 */
import {
  blockCommentEnd,
  cDefinitionEnd,
  identifierEnd,
  isDigit,
  isHexDigit,
  isIdentifierPart,
  isIdentifierStart,
  isSpace,
  lineEnd,
} from './characters.ts'
import type { Token, TokenKind } from './tree.ts'

/** Longest first within each first character; whatever is not here is a single character. */
const OPERATORS = new Map<string, readonly string[]>(
  Object.entries({
    '<': ['<<=', '<<', '<=', '<'],
    '>': ['>>=', '>>', '>=', '>'],
    '=': ['==', '='],
    '!': ['!=', '!'],
    '&': ['&&', '&=', '&'],
    '|': ['||', '|=', '|'],
    '+': ['++', '+=', '+'],
    '-': ['--', '->', '-=', '-'],
    '*': ['*=', '*'],
    '/': ['/=', '/'],
    '%': ['%=', '%'],
    '^': ['^=', '^'],
    '.': ['..', '.'],
    '~': ['~'],
    '?': ['?'],
  }),
)

const PUNCTUATION = '{}()[],;:'

/** Blanks or a comment at `offset`; null when something else stands there. */
export function scanTrivia(source: string, offset: number): Token | null {
  const code = source.charCodeAt(offset)
  if (isSpace(code)) {
    let end = offset + 1
    while (isSpace(source.charCodeAt(end))) end++
    return { kind: 'blank', start: offset, end }
  }
  if (code !== 47) return null
  const next = source.charCodeAt(offset + 1)
  if (next === 47) return { kind: 'lineComment', start: offset, end: lineEnd(source, offset) }
  if (next === 42) return { kind: 'blockComment', start: offset, end: blockCommentEnd(source, offset) }
  return null
}

/** The token of script text at `offset`, which is before the end and not on trivia. */
export function scanToken(source: string, offset: number): Token {
  const code = source.charCodeAt(offset)
  if (isIdentifierStart(code)) return token('identifier', offset, identifierEnd(source, offset))
  if (isDigit(code)) return token('integer', offset, integerEnd(source, offset))
  switch (source[offset]) {
    case '"':
      return token('string', offset, stringEnd(source, offset))
    case '@':
      return token('map', offset, nameEnd(source, offset + 1))
    case '$':
      return scanDollar(source, offset)
    case '#':
      return token('unknown', offset, lineEnd(source, offset))
  }
  const character = source.charAt(offset)
  if (PUNCTUATION.includes(character)) return token('punctuation', offset, offset + 1)
  for (const operator of OPERATORS.get(character) ?? []) {
    if (source.startsWith(operator, offset)) return token('operator', offset, offset + operator.length)
  }
  return token('unknown', offset, offset + characterLength(source, offset))
}

/** `#include …` up to, without its line end and the blanks before it. */
export function scanPreprocessor(source: string, offset: number): Token {
  let end = lineEnd(source, offset)
  while (isSpace(source.charCodeAt(end - 1))) end--
  return token('preprocessor', offset, end)
}

export function scanCDefinition(source: string, offset: number): Token {
  return token('cDefinition', offset, cDefinitionEnd(source, offset))
}

/**
 * A stretch of attach point text: up to `{`, `,` or a blank outside quotes; a slash ends it too until a colon has been
 * seen (paths come after the provider), unless the slash starts a comment, which is then part of the text.
 */
export function scanAttachPoint(source: string, offset: number, colonSeen: boolean): Token {
  let colon = colonSeen
  let at = offset
  while (at < source.length) {
    const character = source.charAt(at)
    if (character === '{' || character === ',' || isSpace(source.charCodeAt(at))) break
    if (character === '/' && !colon && at > offset) {
      const next = source[at + 1]
      if (next !== '/' && next !== '*') break
    }
    if (character === ':') colon = true
    at = character === '"' ? attachPointQuoteEnd(source, at) : at + 1
  }
  return token('attachPoint', offset, at)
}

function attachPointQuoteEnd(source: string, offset: number): number {
  let at = offset + 1
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1
  return Math.min(at + 1, source.length)
}

/** After the closing quote, or before the line end or at the end of the source when there is none. */
function stringEnd(source: string, offset: number): number {
  let at = offset + 1
  while (at < source.length) {
    const character = source[at]
    if (character === '"') return at + 1
    if (character === '\n') return at
    at += character === '\\' && source[at + 1] !== '\n' ? 2 : 1
  }
  return source.length
}

/** Digits with exponent and suffix, and any letters glued to them. */
function integerEnd(source: string, offset: number): number {
  let at = offset
  if (source[at] === '0' && (source[at + 1] === 'x' || source[at + 1] === 'X')) {
    at += 2
    while (isHexDigit(source.charCodeAt(at)) || source[at] === '_') at++
    return at
  }
  while (isIdentifierPart(source.charCodeAt(at))) at++
  return at
}

function scanDollar(source: string, offset: number): Token {
  const next = source.charCodeAt(offset + 1)
  if (next === 35) return token('parameter', offset, offset + 2)
  if (isDigit(next)) {
    let end = offset + 2
    while (isDigit(source.charCodeAt(end))) end++
    return token('parameter', offset, end)
  }
  if (isIdentifierStart(next)) return token('variable', offset, identifierEnd(source, offset + 1))
  return token('unknown', offset, offset + 1)
}

function nameEnd(source: string, offset: number): number {
  return isIdentifierStart(source.charCodeAt(offset)) ? identifierEnd(source, offset) : offset
}

function characterLength(source: string, offset: number): number {
  const point = source.codePointAt(offset)
  return point !== undefined && point > 0xffff ? 2 : 1
}

function token(kind: TokenKind, start: number, end: number): Token {
  return { kind, start, end }
}
