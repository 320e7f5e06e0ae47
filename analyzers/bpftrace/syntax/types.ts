/**
 * Types as the grammar writes them: names, `struct` names, pointers, arrays and `typeof`. Where an expression could
 * stand too (`sizeof(x)`), characters ahead decide, as in the compiler.
 */
import type { Expression, IntegerLiteral, MissingType, Name, NamedType, TypeNode } from './ast.ts'
import { groupEnd, identifierEnd, isIdentifierStart, skipLayout } from './characters.ts'
import { builtinTypes, isGrammarBuiltin } from './constructs.ts'
import type { Cursor } from './cursor.ts'
import { parseExpression } from './expressions.ts'
import { parseInteger } from './literals.ts'

/** A word where only its text counts. Reports `message` and gives an empty name when there is none. */
export function parseName(p: Cursor, message: string): Name {
  const mark = p.mark()
  if (!p.atKind('identifier')) {
    p.report(message)
    return { ...p.missing(), kind: 'Name', text: '' }
  }
  const { text } = p
  p.bump()
  return { kind: 'Name', ...p.finish(mark), text }
}

function isRecordKeyword(word: string): word is 'struct' | 'union' | 'enum' {
  return word === 'struct' || word === 'union' || word === 'enum'
}

export function missingType(p: Cursor): MissingType {
  return { ...p.missing(), kind: 'MissingType' }
}

/** `uint64`, `struct S *`, `uint8[4]`; suffixes in any order. */
export function parseType(p: Cursor): TypeNode {
  const mark = p.mark()
  if (!p.atKind('identifier')) {
    p.report('expected a type')
    return missingType(p)
  }
  const word = p.text
  p.bump()
  let named: NamedType
  if (isRecordKeyword(word)) {
    const name = parseName(p, `expected a name after \`${word}\``)
    named = { kind: 'NamedType', ...p.finish(mark), keyword: word, name: name.text }
  } else {
    named = { kind: 'NamedType', ...p.finish(mark), keyword: null, name: word }
  }
  return parseTypeSuffixes(p, mark, named)
}

function parseTypeSuffixes(p: Cursor, mark: number, named: NamedType): TypeNode {
  let type: TypeNode = named
  let stars = 0
  for (let links = 0; p.linkAllowed(links); links++) {
    if (p.at('*')) {
      stars++
      if (stars === 3 && !named.keyword) p.note('cast_deep_pointer')
      if (type.kind === 'ArrayType' && !named.keyword) p.note('cast_array')
      p.bump()
      type = { kind: 'PointerType', ...p.finish(mark), to: type }
    } else if (p.at('[')) {
      if (stars > 0) p.note('type_postfix')
      p.bump()
      const size = p.at(']') ? null : parseArraySize(p)
      p.expect(']')
      type = { kind: 'ArrayType', ...p.finish(mark), of: type, size }
    } else {
      return type
    }
  }
  return type
}

function parseArraySize(p: Cursor): IntegerLiteral | null {
  return p.atKind('integer') ? parseInteger(p) : null
}

/** `typeof(…)`; the current token is the word. */
export function parseTypeof(p: Cursor): TypeNode {
  const mark = p.mark()
  p.note('typeof')
  p.bump()
  p.expect('(')
  const argument = parseTypeOrExpression(p, ')')
  p.expect(')')
  return { kind: 'Typeof', ...p.finish(mark), argument }
}

/** A type where only a type can stand: after `let $x :`, in function signatures. */
export function parseTypeAnnotation(p: Cursor): TypeNode {
  return p.atWord('typeof') ? parseTypeof(p) : parseType(p)
}

/** What `sizeof`, `offsetof`, `typeinfo` and `typeof` take; `ends` are the characters that may follow a type there. */
export function parseTypeOrExpression(p: Cursor, ends: string): Expression {
  if (p.atWord('typeof')) return parseTypeof(p)
  return isTypeAhead(p, ends) ? parseType(p) : parseExpression(p)
}

/** Whether the source ahead is a type up to one of `ends`. A bare word that is no known type is an expression. */
function isTypeAhead(p: Cursor, ends: string): boolean {
  if (!p.atKind('identifier') || isGrammarBuiltin(p.text)) return false
  const { source } = p
  let end = p.end
  let isType = builtinTypes.has(p.text)
  if (isRecordKeyword(p.text)) {
    end = skipLayout(source, end)
    if (!isIdentifierStart(source.charCodeAt(end))) return false
    end = identifierEnd(source, end)
    isType = true
  }
  for (end = skipLayout(source, end); ; end = skipLayout(source, end)) {
    const character = source[end]
    if (character === '*') end++
    else if (character === '[') end = groupEnd(source, end, '[', ']')
    else break
    if (end < 0) return false
    isType = true
  }
  const next = source.charAt(end)
  return isType && next !== '' && ends.includes(next)
}

/**
 * Whether `(` is behind and a type up to `)` ahead, with something after it that a cast could apply to. Bare words count
 * as types here: `(name)-1` is a cast.
 */
export function castAhead(p: Cursor): 'cast' | 'badIndex' | null {
  if (!p.atKind('identifier') || isGrammarBuiltin(p.text)) return null
  const { source } = p
  let end = skipLayout(source, p.end)
  if (isRecordKeyword(p.text)) {
    if (!isIdentifierStart(source.charCodeAt(end))) return null
    end = skipLayout(source, identifierEnd(source, end))
  }
  for (;;) {
    const character = source[end]
    if (character === '*') end = skipLayout(source, end + 1)
    else if (character === '[') {
      const size = /^\[\s*[0-9a-zA-Z_]*\s*\]/.exec(source.slice(end, end + 64))?.[0]
      if (!size) return 'badIndex'
      end = skipLayout(source, end + size.length)
    } else break
  }
  if (source[end] !== ')') return null
  return canStartOperand(source, skipLayout(source, end + 1)) ? 'cast' : null
}

export function canStartOperand(source: string, offset: number): boolean {
  const character = source.charAt(offset)
  return character !== '' && /[0-9$@"(\-!~*&A-Za-z_]/.test(character)
}
