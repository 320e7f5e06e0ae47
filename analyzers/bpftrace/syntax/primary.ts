/**
 * Primary expressions: words, calls, literals, variables and maps, everything in parentheses, `if` and the queries
 * about types. A parenthesis may open a tuple, a record, a cast or a group; characters ahead decide, as in the compiler.
 */
import type { Expression, If, MapReference, Name, Offsetof, RecordField } from './ast.ts'
import { skipLayout } from './characters.ts'
import {
  formerBuiltins,
  formerCalls,
  isGrammarBuiltin,
  laterReservedWords,
  reservedWords,
  stackModes,
  typeWords,
} from './constructs.ts'
import type { Cursor, Mark } from './cursor.ts'
import { parseBinaryRest, parseExpression, parsePostfix, parseTernaryRest, parseUnary } from './expressions.ts'
import { parseInteger, parseString, readParameter } from './literals.ts'
import { parseBlock } from './statements.ts'
import { canStartOperand, castAhead, parseName, parseType, parseTypeOrExpression, parseTypeof } from './types.ts'

export function parsePrimary(p: Cursor): Expression {
  switch (p.current?.kind) {
    case 'identifier':
      return parseWord(p)
    case 'variable':
    case 'map':
      return parseSigil(p)
    case 'parameter':
      return parseParameter(p)
    case 'integer':
      return parseInteger(p)
    case 'string':
      return parseString(p)
    case 'punctuation':
      if (p.at('(')) return parseParenthesized(p)
      if (p.at('{')) {
        p.note('block')
        return parseBlock(p, 'value')
      }
  }
  if (p.at('$')) p.report('expected a name after `$`')
  else p.report('expected an expression')
  return p.missing()
}

/** `$name`, or `@name` with keys. */
export function parseSigil(p: Cursor): Expression {
  const mark = p.mark()
  const name = p.text
  if (p.atKind('variable')) {
    p.bump()
    return { kind: 'Variable', ...p.finish(mark), name }
  }
  const map = parseMap(p)
  if (!p.at('[')) return map
  p.bump()
  const keys = [parseExpression(p)]
  while (p.eat(',')) keys.push(parseExpression(p))
  p.expect(']')
  return { kind: 'MapAccess', ...p.finish(mark), map, keys }
}

export function parseMap(p: Cursor): MapReference {
  const mark = p.mark()
  const name = p.text
  p.bump()
  return { kind: 'MapReference', ...p.finish(mark), name }
}

function parseParameter(p: Cursor): Expression {
  const mark = p.mark()
  const index = readParameter(p, p.text, p.start)
  p.bump()
  if (index === null) return { kind: 'ParameterCount', ...p.finish(mark) }
  return { kind: 'PositionalParameter', ...p.finish(mark), index }
}

function parseWord(p: Cursor): Expression {
  const mark = p.mark()
  switch (p.text) {
    case 'if':
      p.note('if_value')
      return parseIf(p)
    case 'sizeof':
    case 'typeinfo':
      return parseTypeQuery(p)
    case 'offsetof':
      return parseOffsetof(p)
    case 'typeof':
      if (p.following() === '(') return parseTypeof(p)
      break
    case 'comptime': {
      p.note('comptime')
      p.bump()
      const operand = p.nested(() => parseUnary(p))
      return { kind: 'Comptime', ...p.finish(mark), operand }
    }
    case 'true':
    case 'false': {
      const value = p.text === 'true'
      p.bump()
      return { kind: 'BooleanLiteral', ...p.finish(mark), value }
    }
  }
  if (reservedWords.has(p.text)) p.note('keyword_word')
  if (typeWords.has(p.text)) p.note('type_word')
  const laterReserved = laterReservedWords.get(p.text)
  if (laterReserved) p.note(laterReserved)
  const name = p.text
  p.bump()
  const callee: Name = { kind: 'Name', ...p.finish(mark), text: name }
  if (!p.at('(')) {
    if (formerCalls.has(name)) p.note('function_word')
    return { ...callee, kind: 'Identifier', name }
  }
  p.bump()
  const parameters: Expression[] = []
  if (!p.at(')')) {
    do parameters.push(parseArgument(p))
    while (p.eat(','))
  }
  p.expect(')')
  return { kind: 'Call', ...p.finish(mark), callee, arguments: parameters }
}

function parseArgument(p: Cursor): Expression {
  if (!p.atWord('typeof')) return parseExpression(p)
  p.note('type_argument')
  return parseTypeof(p)
}

/** `if c { … } else …`; the current token is the word. */
export function parseIf(p: Cursor): Expression {
  return p.nested(() => {
    const mark = p.mark()
    p.bump()
    const condition = parseCondition(p, 'if_bare')
    const consequent = parseBlock(p, 'value')
    let alternate: If['alternate'] = null
    if (p.atWord('else')) {
      p.bump()
      alternate = parseElse(p)
    }
    return { kind: 'If', ...p.finish(mark), condition, consequent, alternate }
  })
}

function parseElse(p: Cursor): If['alternate'] {
  if (p.at('{')) return parseBlock(p, 'value')
  if (p.atWord('if')) {
    const chained = parseIf(p)
    return chained.kind === 'If' ? chained : p.missing()
  }
  p.report('expected `{` or `if` after `else`')
  return p.missing()
}

/** A condition: in parentheses any expression, without them only what binds tighter than the brace after it. */
export function parseCondition(p: Cursor, bare: 'if_bare' | 'loop_bare'): Expression {
  if (!p.at('(')) {
    p.note(bare)
    return parseUnary(p)
  }
  p.bump()
  const condition = parseExpression(p)
  p.expect(')')
  return condition
}

function parseTypeQuery(p: Cursor): Expression {
  const mark = p.mark()
  const kind = p.text === 'sizeof' ? 'Sizeof' : 'Typeinfo'
  if (kind === 'Typeinfo') p.note('typeinfo')
  p.bump()
  p.expect('(')
  const argument = parseTypeOrExpression(p, ';,=){}')
  if (argument.kind === 'PointerType') p.note('sizeof_pointer')
  p.expect(')')
  return { kind, ...p.finish(mark), argument }
}

function parseOffsetof(p: Cursor): Offsetof {
  const mark = p.mark()
  p.note('offsetof')
  p.bump()
  p.expect('(')
  const argument = parseTypeOrExpression(p, ';,=){}')
  p.expect(',')
  const path = [parsePathStep(p)]
  while (p.eat('.')) path.push(parsePathStep(p))
  p.expect(')')
  return { kind: 'Offsetof', ...p.finish(mark), argument, path }
}

function parsePathStep(p: Cursor): Name {
  return p.atKind('identifier') ? parseName(p, '') : { ...p.missing(), kind: 'Name', text: '' }
}

/** `()`, a record, a cast, a tuple or a grouped expression; the current token is the parenthesis. */
function parseParenthesized(p: Cursor): Expression {
  const mark = p.mark()
  p.bump()
  if (p.at(')')) {
    p.note('tuple_empty')
    p.bump()
    return { kind: 'Tuple', ...p.finish(mark), elements: [] }
  }
  if (recordAhead(p)) return parseRecord(p, mark)
  if (p.atWord('typeof')) return parseTypeofCast(p, mark)
  const ahead = castAhead(p)
  if (ahead === 'cast' && !readsAsBuiltin(p)) return parseCast(p, mark)
  if (ahead === 'badIndex') noteWordIndex(p)
  return parseTupleOrGroup(p, mark)
}

function recordAhead(p: Cursor): boolean {
  if (!p.atKind('identifier') || isGrammarBuiltin(p.text)) return false
  const next = skipLayout(p.source, p.end)
  return p.source[next] === '=' && p.source[next + 1] !== '='
}

function parseRecord(p: Cursor, mark: Mark): Expression {
  const fields: RecordField[] = []
  const seen = new Set<string>()
  let first = true
  do {
    const field = p.mark()
    const place = p.here()
    const name = parseName(p, 'expected the name of a field')
    if (first) p.note('record')
    first = false
    if (name.text === '') break
    p.expect('=')
    const value = parseExpression(p)
    if (seen.has(name.text)) p.report(`the field \`${name.text}\` is given twice`, place)
    seen.add(name.text)
    fields.push({ kind: 'RecordField', ...p.finish(field), name, value })
  } while (p.eat(','))
  p.expect(')')
  return { kind: 'Record', ...p.finish(mark), fields }
}

/** `(typeof(e))operand`; without an operand it is only grouped. */
function parseTypeofCast(p: Cursor, mark: Mark): Expression {
  const inner = p.mark()
  const type = parseTypeof(p)
  if (!p.at(')') || !canStartOperand(p.source, skipLayout(p.source, p.end))) {
    const rest = parseBinaryRest(p, 0, inner, parsePostfix(p, inner, type))
    return finishTupleOrGroup(p, mark, parseTernaryRest(p, inner, rest))
  }
  p.bump()
  const operand = p.nested(() => parseUnary(p))
  return { kind: 'Cast', ...p.finish(mark), type, operand }
}

function parseCast(p: Cursor, mark: Mark): Expression {
  const isFunction = formerCalls.has(p.text) || formerBuiltins.has(p.text)
  const place = { start: p.end, end: p.end }
  const type = parseType(p)
  if (isFunction) p.note('function_type', place)
  p.expect(')')
  if (type.kind === 'ArrayType') p.note('cast_array')
  const operand = p.nested(() => parseUnary(p))
  return { kind: 'Cast', ...p.finish(mark), type, operand }
}

/**
 * `(cpu) * 2`: a former builtin in parentheses is a value to the generated parsers and a cast's type since. Taken as a
 * value here, with a note where that matters.
 */
function readsAsBuiltin(p: Cursor): boolean {
  if (!formerBuiltins.has(p.text)) return false
  const close = skipLayout(p.source, p.end)
  if (p.source[close] !== ')') return false
  const operand = skipLayout(p.source, close + 1)
  if (!/[-*&]/.test(p.source.charAt(operand))) return false
  p.note('parenthesized_builtin', { start: operand, end: operand + 1 })
  return true
}

/** `(word[$i])`: since 0.26 the brackets are an array type's and hold a number or nothing. */
function noteWordIndex(p: Cursor): void {
  const open = skipLayout(p.source, p.end)
  const index = skipLayout(p.source, open + 1)
  p.note('word_index', { start: index, end: index + 1 })
}

function parseTupleOrGroup(p: Cursor, mark: Mark): Expression {
  return finishTupleOrGroup(p, mark, parseExpression(p))
}

function finishTupleOrGroup(p: Cursor, mark: Mark, first: Expression): Expression {
  if (!p.at(',')) {
    p.expect(')')
    noteWord(p, first)
    return { kind: 'Parenthesized', ...p.finish(mark), expression: first }
  }
  const elements = [first]
  while (p.eat(',')) {
    if (p.at(')')) {
      p.note('tuple_comma')
      break
    }
    elements.push(parseExpression(p))
  }
  p.expect(')')
  return { kind: 'Tuple', ...p.finish(mark), elements }
}

/** `(NAME) == 1`: the generated parsers take a bare word in parentheses for a cast and want its operand next. */
function noteWord(p: Cursor, inner: Expression): void {
  if (inner.kind !== 'Identifier' || isGrammarBuiltin(inner.name)) return
  if (formerBuiltins.has(inner.name) || formerCalls.has(inner.name) || stackModes.has(inner.name)) return
  if (p.done || !/^[\w$@"(~*!+-]/.test(p.text) || p.text === '+' || p.text === '!=') p.note('parenthesized_word')
}
