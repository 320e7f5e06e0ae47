/**
 * Expressions, by precedence climbing over one operator table. Production names follow the compiler's own.
 */
import type { BinaryOperator, Expression, If, MapReference, Name, Offsetof, RecordField } from './ast.ts'
import { skipLayout } from './characters.ts'
import { formerBuiltins, formerCalls, isGrammarBuiltin, reservedWords, typeWords } from './constructs.ts'
import type { Cursor, Mark } from './cursor.ts'
import { parseInteger, parseString, readParameter } from './literals.ts'
import { parseBlock } from './statements.ts'
import { canStartOperand, castAhead, parseName, parseType, parseTypeOrExpression, parseTypeof } from './types.ts'

/** Binding strength of each binary operator, weakest first. */
const precedences: ReadonlyMap<string, { operator: BinaryOperator; precedence: number }> = new Map(
  (
    [
      ['||'],
      ['&&'],
      ['|'],
      ['^'],
      ['&'],
      ['==', '!='],
      ['<', '<=', '>', '>='],
      ['<<', '>>'],
      ['+', '-'],
      ['*', '/', '%'],
    ] as const
  ).flatMap((operators, level) =>
    operators.map((operator) => [operator, { operator, precedence: level + 1 }] as const),
  ),
)

export function parseExpression(p: Cursor): Expression {
  return parseTernary(p)
}

function parseTernary(p: Cursor): Expression {
  return p.nested(() => {
    const mark = p.mark()
    return parseTernaryRest(p, mark, parseBinary(p, 0))
  })
}

/** What follows a condition: `? a : b`, `?: b`, or nothing. */
export function parseTernaryRest(p: Cursor, mark: Mark, condition: Expression): Expression {
  if (!p.at('?')) return condition
  p.bump()
  if (p.at(':')) {
    p.note('ternary_short')
    p.bump()
    const alternate = parseTernary(p)
    return { kind: 'Conditional', ...p.finish(mark, condition), condition, consequent: null, alternate }
  }
  const consequent = parseTernary(p)
  noteColon(p)
  p.expect(':')
  const alternate = parseTernary(p)
  return { kind: 'Conditional', ...p.finish(mark, condition), condition, consequent, alternate }
}

/** The generated parsers read a colon glued to a word or number as the start of a path. */
export function noteColon(p: Cursor): void {
  if (p.at(':') && /[\w\-./#*\\]/.test(p.source.charAt(p.end))) p.note('colon_word')
}

function parseBinary(p: Cursor, minimum: number): Expression {
  const mark = p.mark()
  return parseBinaryRest(p, minimum, mark, parseUnary(p))
}

export function parseBinaryRest(p: Cursor, minimum: number, mark: Mark, first: Expression): Expression {
  let left = first
  for (let links = 0; ; links++) {
    const row = precedences.get(p.text)
    if (!row || row.precedence < minimum || !p.atKind('operator') || endsPredicate(p)) return left
    if (!p.linkAllowed(links)) return p.giveUp()
    const operatorSpan = p.here()
    p.bump()
    const right = p.nested(() => parseBinary(p, row.precedence + 1))
    left = { kind: 'Binary', ...p.finish(mark, left), operator: row.operator, operatorSpan, left, right }
  }
}

/** A slash before a brace closes a predicate. */
function endsPredicate(p: Cursor): boolean {
  return p.at('/') && p.following() === '{'
}

export function parseUnary(p: Cursor): Expression {
  const mark = p.mark()
  switch (p.atKind('operator') ? p.text : '') {
    case '++':
    case '--': {
      const operator = p.text === '++' ? '++' : '--'
      p.bump()
      const operand = p.nested(() => parseUnary(p))
      checkUpdatable(p, operand, operand.span)
      return { kind: 'Update', ...p.finish(mark), operator, prefix: true, operand }
    }
    case '&&':
      p.bump()
      p.report('`&` takes the address of a variable or map only')
      return p.nested(() => parseUnary(p))
    case '&': {
      p.note('address_of')
      p.bump()
      if (p.atKind('variable') || p.atKind('map')) {
        const operand = parseSigil(p)
        return { kind: 'AddressOf', ...p.finish(mark), operand }
      }
      p.report('`&` takes the address of a variable or map only')
      const operand = p.nested(() => parseUnary(p))
      return { kind: 'AddressOf', ...p.finish(mark), operand }
    }
    case '-':
    case '!':
    case '~':
    case '*': {
      const operator = p.text === '-' ? '-' : p.text === '!' ? '!' : p.text === '~' ? '~' : '*'
      p.bump()
      const operand = p.nested(() => parseUnary(p))
      return { kind: 'Unary', ...p.finish(mark), operator, operand }
    }
    default:
      return parsePostfix(p, mark, parsePrimary(p))
  }
}

function withoutParentheses(node: Expression): Expression {
  let inner = node
  while (inner.kind === 'Parenthesized') inner = inner.expression
  return inner
}

function isUpdatable(node: Expression): boolean {
  return node.kind === 'Variable' || node.kind === 'MapReference' || node.kind === 'MapAccess'
}

/** `++` and `--` take variables and maps; since 0.26 also in parentheses. */
function checkUpdatable(p: Cursor, operand: Expression, span: { start: number; end: number }): boolean {
  if (isUpdatable(operand)) return true
  if (isUpdatable(withoutParentheses(operand))) {
    p.note('parenthesized_update', span)
    return true
  }
  p.report('`++` and `--` take a variable or a map', span)
  return false
}

/** `.field`, `->field`, `.1`, `[index]`, `++` and `--` after an expression. */
export function parsePostfix(p: Cursor, mark: Mark, first: Expression): Expression {
  let node = first
  for (let links = 0; ; links++) {
    if (!p.linkAllowed(links)) return p.giveUp()
    const operator = p.text
    switch (operator) {
      case '.':
        p.bump()
        if (p.atKind('integer')) {
          const index = parseInteger(p)
          node = { kind: 'TupleAccess', ...p.finish(mark, node), object: node, index }
          continue
        }
        break
      case '->':
        p.bump()
        break
      case '[': {
        p.bump()
        const index = parseExpression(p)
        p.expect(']')
        node = { kind: 'IndexAccess', ...p.finish(mark, node), object: node, index }
        continue
      }
      case '++':
      case '--': {
        const allowed = checkUpdatable(p, node, p.here())
        p.bump()
        node = { kind: 'Update', ...p.finish(mark, node), operator, prefix: false, operand: node }
        if (!allowed) return node
        continue
      }
      default:
        return node
    }
    const field = parseField(p, operator)
    node = { kind: 'FieldAccess', ...p.finish(mark, node), object: node, operator, field }
    if (field.text === '') return node
  }
}

function parseField(p: Cursor, operator: string): Name {
  if (p.atKind('identifier')) noteField(p)
  return parseName(p, `expected a field after \`${operator}\``)
}

function noteField(p: Cursor): void {
  if (reservedWords.has(p.text)) p.note('keyword_field')
  if (typeWords.has(p.text)) p.note('type_field')
}

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
  const name = p.text
  p.bump()
  const callee: Name = { kind: 'Name', ...p.finish(mark), text: name }
  if (!p.at('(')) return { ...callee, kind: 'Identifier', name }
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
  const type = parseType(p)
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
  if (formerBuiltins.has(inner.name) || formerCalls.has(inner.name)) return
  if (p.done || !/^[\w$@"(~*!+-]/.test(p.text) || p.text === '+' || p.text === '!=') p.note('parenthesized_word')
}
