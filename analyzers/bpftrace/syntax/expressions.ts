/**
 * Operators: ternary, binary by precedence climbing over one table, unary and postfix. Production names follow the
 * compiler's own.
 */
import type { BinaryOperator, Expression, Name } from './ast.ts'
import { reservedWords, typeWords } from './constructs.ts'
import type { Cursor, Mark } from './cursor.ts'
import { parseInteger } from './literals.ts'
import { parsePrimary, parseSigil } from './primary.ts'
import { parseName } from './types.ts'

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
    return { kind: 'Conditional', ...p.finish(mark), condition, consequent: null, alternate }
  }
  const consequent = parseTernary(p)
  noteColon(p)
  p.expect(':')
  const alternate = parseTernary(p)
  return { kind: 'Conditional', ...p.finish(mark), condition, consequent, alternate }
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
    left = { kind: 'Binary', ...p.finish(mark), operator: row.operator, operatorSpan, left, right }
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
        if (operand.kind === 'MapAccess')
          p.report('expected `;`', { start: operand.map.span.end, end: operand.span.end })
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
  // What is missing has been reported where it is due.
  if (isUpdatable(operand) || operand.kind === 'Missing') return true
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
          node = { kind: 'TupleAccess', ...p.finish(mark), object: node, index }
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
        node = { kind: 'IndexAccess', ...p.finish(mark), object: node, index }
        continue
      }
      case '++':
      case '--': {
        const allowed = checkUpdatable(p, node, p.here())
        p.bump()
        node = { kind: 'Update', ...p.finish(mark), operator, prefix: false, operand: node }
        if (!allowed) return node
        continue
      }
      default:
        return node
    }
    const field = parseField(p, operator)
    node = { kind: 'FieldAccess', ...p.finish(mark), object: node, operator, field }
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
