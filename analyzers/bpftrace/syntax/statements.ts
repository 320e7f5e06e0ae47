/**
 * Blocks and statements. A statement that starts with a variable or map may be an assignment; anything else is an
 * expression. Recovery is per statement: what cannot be read is skipped to the next semicolon, line or closing brace.
 */
import type {
  Assignment,
  AssignmentOperator,
  Block,
  ErrorNode,
  Expression,
  ExpressionStatement,
  For,
  Import,
  Jump,
  Missing,
  Statement,
  StringLiteral,
  Variable,
} from './ast.ts'
import { skipLayout } from './characters.ts'
import type { Cursor, Mark } from './cursor.ts'
import { noteColon, parseBinaryRest, parseExpression, parsePostfix, parseTernaryRest } from './expressions.ts'
import { parseString } from './literals.ts'
import { parseCondition, parseIf, parsePrimary, parseSigil } from './primary.ts'
import { parseTypeAnnotation } from './types.ts'

const assignmentOperators: ReadonlyMap<string, AssignmentOperator> = new Map(
  (['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^='] as const).map((text) => [text, text]),
)

/** `{ … }`. A block for its `value` keeps its last expression apart when no semicolon follows it. */
export function parseBlock(p: Cursor, use: 'body' | 'value'): Block {
  const block = p.nested<Block>(() => {
    const mark = p.mark()
    if (!p.expect('{')) return emptyBlock(p)
    const statements: Statement[] = []
    parseStatements(p, { statements, findingsBefore: [] }, () => false)
    p.expect('}')
    const last = use === 'value' ? statements.at(-1) : undefined
    const result = last?.kind === 'ExpressionStatement' && !endsInSemicolon(p, last) ? last.expression : null
    if (result) statements.pop()
    return { kind: 'Block', ...p.finish(mark), statements, result }
  })
  return asBlock(block)
}

/** The body of a probe, which is remembered well enough to be read again from any of its statements on. */
export function parseProbeBody(p: Cursor): Block {
  const read: Statements = { statements: [], findingsBefore: [] }
  const block = p.nested<Block>(() => {
    const mark = p.mark()
    if (!p.expect('{')) return emptyBlock(p)
    parseStatements(p, read, () => false)
    p.expect('}')
    return { kind: 'Block', ...p.finish(mark), statements: read.statements, result: null }
  })
  if (block.kind === 'Block') bodies.set(block, read.findingsBefore)
  return asBlock(block)
}

const asBlock = (block: Block | ErrorNode): Block =>
  block.kind === 'Block' ? block : { ...block, kind: 'Block', statements: [block], result: null }

/** Statements in source order, and what was found in each. */
export interface Statements {
  readonly statements: Statement[]
  /** For each how many findings there were before it in its item; `undefined` where one only ends another. */
  readonly findingsBefore: (number | undefined)[]
}

const bodies = new WeakMap<Block, Statements['findingsBefore']>()
export const findingsBeforeStatements = (body: Block): Statements['findingsBefore'] | undefined => bodies.get(body)
export const rememberFindings = (body: Block, before: Statements['findingsBefore']) => void bodies.set(body, before)

/** Reads statements until the end of their block, or until `stop` says so in front of one. */
export function parseStatements(p: Cursor, { statements, findingsBefore }: Statements, stop: () => boolean): void {
  while (!p.done && !p.at('}') && !stop()) {
    const before = p.mark()
    findingsBefore.push(p.findings.length - p.itemFindings)
    statements.push(parseStatement(p))
    if (p.mark() === before) {
      findingsBefore.push(undefined)
      statements.push(skipUnexpected(p))
    }
  }
}

function emptyBlock(p: Cursor): Block {
  return { ...p.missing(), kind: 'Block', statements: [], result: null }
}

function endsInSemicolon(p: Cursor, statement: ExpressionStatement): boolean {
  return p.source[statement.span.end - 1] === ';'
}

function skipUnexpected(p: Cursor): Statement {
  const mark = p.mark()
  p.bump()
  return { kind: 'Error', ...p.finish(mark) }
}

function parseStatement(p: Cursor): Statement {
  if (p.atKind('variable') || p.atKind('map')) return parseSigilStatement(p)
  if (!p.atKind('identifier')) return parseExpressionStatement(p)
  switch (p.text) {
    case 'import':
      return parseImport(p)
    case 'while':
    case 'unroll':
      return parseWhileOrUnroll(p)
    case 'for':
      return parseFor(p)
    case 'break':
    case 'continue':
    case 'return':
      return parseJump(p, p.text)
    case 'let':
      return parseLet(p)
    case 'if':
      return parseIfStatement(p)
    case '_':
      if (p.following() === '=' && p.source[skipLayout(p.source, p.end) + 1] !== '=') return parseDiscard(p)
  }
  return parseExpressionStatement(p)
}

/** Takes the semicolon that ends a statement; before a closing brace it may be absent. */
function expectStatementEnd(p: Cursor): void {
  if (p.at('}')) return
  if (p.eat(';')) return
  p.report('expected `;`')
  if (!p.atNewLine()) recoverStatement(p)
}

function recoverStatement(p: Cursor): void {
  const start = p.mark()
  p.recover((at) => at.at(';') || at.at('}') || (at.mark() > start && at.atNewLine()))
  p.eat(';')
}

/** `import "path";` at the root or in a block; the current token is the word. */
export function parseImport(p: Cursor): Import {
  const mark = p.mark()
  p.bump()
  let path: StringLiteral | Missing
  if (p.atKind('string')) path = parseString(p)
  else {
    p.report('expected a string after `import`')
    path = p.missing()
  }
  p.note('import')
  if (!p.eat(';') && path.kind !== 'Missing') p.report('expected `;` after `import`')
  return { kind: 'Import', ...p.finish(mark), path }
}

function parseWhileOrUnroll(p: Cursor): Statement {
  const mark = p.mark()
  const isWhile = p.at('while')
  p.bump()
  const condition = parseCondition(p, 'loop_bare')
  if (!isWhile) noteUnrollCount(p, condition)
  const body = parseBlock(p, 'body')
  const place = p.finish(mark)
  return isWhile ? { kind: 'While', ...place, condition, body } : { kind: 'Unroll', ...place, count: condition, body }
}

/** The generated parsers take a number or a parameter only. */
function noteUnrollCount(p: Cursor, count: Expression): void {
  const inner = count.kind === 'Unary' && count.operator === '-' ? count.operand : count
  if (inner.kind === 'IntegerLiteral' || inner.kind === 'PositionalParameter' || inner.kind === 'ParameterCount') return
  p.note('unroll_expression', count.span)
}

function parseFor(p: Cursor): For {
  const mark = p.mark()
  p.note('for_loop')
  p.bump()
  const parenthesized = p.eat('(')
  if (!parenthesized) p.note('loop_bare')
  const variable = parseLoopVariable(p)
  if (variable.kind === 'Variable') {
    noteColon(p)
    p.expect(':')
  }
  const iterable = variable.kind === 'Variable' ? parseIterable(p) : p.missing()
  if (variable.kind === 'Missing') p.recover((at) => at.at('{') || at.at('}') || at.at(')'))
  const closed = parenthesized && p.expect(')')
  if (closed || !parenthesized) checkIterable(p, iterable)
  const body = parseBlock(p, 'body')
  return { kind: 'For', ...p.finish(mark), variable, iterable, body }
}

function parseLoopVariable(p: Cursor): Variable | Missing {
  if (p.atKind('variable')) {
    const variable = parseSigil(p)
    if (variable.kind === 'Variable') return variable
  }
  p.report('expected a variable in `for`')
  return p.missing()
}

function parseIterable(p: Cursor): Expression {
  const mark = p.mark()
  const start = parsePrimary(p)
  if (!p.at('..')) return start
  p.note('for_range')
  p.bump()
  const end = parsePrimary(p)
  return { kind: 'Range', ...p.finish(mark), start, end }
}

function checkIterable(p: Cursor, iterable: Expression): void {
  if (iterable.kind === 'MapReference' || iterable.kind === 'Range' || iterable.kind === 'Missing') return
  p.note('for_expression', p.here(), 'expected a map or a range')
}

function parseJump(p: Cursor, keyword: Jump['keyword']): Jump {
  const mark = p.mark()
  p.bump()
  let value: Expression | null = null
  if (keyword === 'return' && !p.at(';') && !p.at('}')) {
    p.note('return_value')
    value = parseExpression(p)
  }
  expectStatementEnd(p)
  return { kind: 'Jump', ...p.finish(mark), keyword, value }
}

function parseLet(p: Cursor): Statement {
  const mark = p.mark()
  p.bump()
  p.note('let')
  if (!p.atKind('variable')) {
    p.report('expected a variable after `let`')
    const variable = p.missing()
    if (!p.atNewLine()) recoverStatement(p)
    return { kind: 'VariableDeclaration', ...p.finish(mark), variable, type: null, value: null }
  }
  const declared = parseSigil(p)
  const variable = declared.kind === 'Variable' ? declared : p.missing()
  noteColon(p)
  const type = p.eat(':') ? parseTypeAnnotation(p) : null
  const value = p.eat('=') ? parseExpression(p) : null
  if (value === null && p.at('}')) p.note('let_open')
  expectStatementEnd(p)
  return { kind: 'VariableDeclaration', ...p.finish(mark), variable, type, value }
}

function parseDiscard(p: Cursor): Statement {
  const mark = p.mark()
  p.bump()
  p.note('discard')
  p.bump()
  const value = parseExpression(p)
  expectStatementEnd(p)
  return { kind: 'Discard', ...p.finish(mark), value }
}

/** Assignment, `++`, or an expression that starts with a variable or map. */
function parseSigilStatement(p: Cursor): Statement {
  const mark = p.mark()
  const target = parseSigil(p)
  const operator = p.atKind('operator') ? assignmentOperators.get(p.text) : undefined
  if (operator) return parseAssignment(p, mark, target, operator)
  if (p.at('++') || p.at('--')) return parseUpdateStatement(p, mark, target)
  const node = parsePostfix(p, mark, target)
  if (p.at('=')) {
    const message =
      node.kind === 'TupleAccess' || node.kind === 'FieldAccess'
        ? 'tuples and records cannot be changed once created'
        : 'this cannot be assigned to'
    p.report(message, { start: node.span.start, end: p.end })
    return parseAssignment(p, mark, node, '=')
  }
  const expression = parseBinaryRest(p, 0, mark, node)
  if (p.at('?')) p.note('statement_ternary', p.here(), 'expected `;`')
  return finishExpressionStatement(p, mark, parseTernaryRest(p, mark, expression))
}

function parseAssignment(p: Cursor, mark: Mark, target: Expression, operator: AssignmentOperator): Assignment {
  const operatorSpan = p.here()
  p.bump()
  const value = parseExpression(p)
  expectStatementEnd(p)
  return { kind: 'Assignment', ...p.finish(mark), target, operator, operatorSpan, value }
}

/** `$a++`: since 0.26 nothing but the end of the statement may follow. */
function parseUpdateStatement(p: Cursor, mark: Mark, target: Expression): Statement {
  const updated = parsePostfixUpdate(p, mark, target)
  if (!p.at(';') && !p.at('}') && continuesExpression(p)) {
    p.note('update_operand', p.here(), 'expected `;`')
  }
  const rest = parseBinaryRest(p, 0, mark, parsePostfix(p, mark, updated))
  return finishExpressionStatement(p, mark, parseTernaryRest(p, mark, rest))
}

function parsePostfixUpdate(p: Cursor, mark: Mark, operand: Expression): Expression {
  const operator = p.at('++') ? '++' : '--'
  p.bump()
  return { kind: 'Update', ...p.finish(mark), operator, prefix: false, operand }
}

function continuesExpression(p: Cursor): boolean {
  return p.atKind('operator') || p.at('[')
}

/** `if` as a statement needs no semicolon; since 0.26 it may have one, and may go on as an expression. */
function parseIfStatement(p: Cursor): Statement {
  const mark = p.mark()
  const statement = parseIf(p)
  if (p.at('++') || p.at('--')) {
    p.note('update_after_if', p.here(), '`++` and `--` take a variable or a map')
    return { kind: 'ExpressionStatement', ...p.finish(mark), expression: statement }
  }
  const rest = parseBinaryRest(p, 0, mark, parsePostfix(p, mark, statement))
  return finishExpressionStatement(p, mark, parseTernaryRest(p, mark, rest))
}

function parseExpressionStatement(p: Cursor): Statement {
  const mark = p.mark()
  return finishExpressionStatement(p, mark, parseExpression(p))
}

function finishExpressionStatement(p: Cursor, mark: Mark, expression: Expression): Statement {
  const isBlock = expression.kind === 'If' || expression.kind === 'Block'
  if (isBlock && p.at(';')) p.note('block_semicolon')
  if (!isBlock) expectStatementEnd(p)
  else p.eat(';')
  return { kind: 'ExpressionStatement', ...p.finish(mark), expression }
}
