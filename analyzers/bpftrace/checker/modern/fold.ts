/**
 * Constant folding where the compiler folds: arithmetic of literals, comparisons, strings, tuples and records of
 * literals, `str()` of a literal or parameter, positional parameters, branches whose condition is a literal.
 */

import { readNumber } from '../attach-points/number.ts'
import type { Environment } from '../environment.ts'
import { arithmetic, compareValues } from './arithmetic.ts'
import type { BinaryExpr, CallExpr, Expr, ProgramIr, Root, UnaryExpr } from './ir.ts'
import { isComparison } from './operators.ts'
import { rewriteExpr } from './walk.ts'

interface Pass {
  readonly environment: Environment
  /** Positional parameters are filled in by the first folding only. */
  readonly fillParameters: boolean
  changed: boolean
  readonly rewrite: (child: Expr) => Expr
}

function createPass(environment: Environment, fillParameters: boolean): Pass {
  const pass: Pass = {
    environment,
    fillParameters,
    changed: false,
    rewrite: (child) => {
      const made = fold(pass, child)
      if (made !== child) pass.changed = true
      return made
    },
  }
  return pass
}

/** True when anything became something else. */
export function foldProgram(program: ProgramIr, environment: Environment, fillParameters: boolean): boolean {
  const pass = createPass(environment, fillParameters)
  const roots: Root[] = [...program.subprograms, ...program.probes]
  // A body stays a block, whatever becomes of what is in it.
  for (const root of roots) foldChildren(pass, root.body)
  return pass.changed
}

export function isLiteral(expression: Expr): boolean {
  switch (expression.kind) {
    case 'integer':
    case 'string':
    case 'boolean':
      return true
    case 'tuple':
      return expression.elements.every(isLiteral)
    case 'record':
      return expression.fields.every((field) => isLiteral(field.value))
    default:
      return false
  }
}

/** The truth of a literal; undefined for a tuple or record, which have none. */
export function truth(expression: Expr): boolean | undefined {
  switch (expression.kind) {
    case 'integer':
      return expression.value !== 0n
    case 'string':
      return expression.value !== ''
    case 'boolean':
      return expression.value
    default:
      return undefined
  }
}

function foldChildren(pass: Pass, expression: Expr): void {
  rewriteExpr(expression, pass.rewrite)
  if (expression.kind !== 'block') return
  for (const statement of expression.statements) {
    if (statement.kind !== 'expression' || statement.expression.kind !== 'block') continue
    // What is left of a pruned branch: one statement in a block of its own.
    const [only] = statement.expression.statements
    const single = statement.expression.statements.length === 1 && statement.expression.result.kind === 'none'
    if (single && only?.kind === 'expression') statement.expression = only.expression
  }
  expression.statements = expression.statements.filter(
    (statement) => statement.kind !== 'expression' || statement.expression.kind !== 'none',
  )
}

export function fold(pass: Pass, expression: Expr): Expr {
  if (expression.kind === 'call' && expression.name === 'str') return foldStr(pass, expression)
  if (expression.kind === 'if' && expression.condition.kind === 'comptime') {
    // The condition stays marked until the branch is chosen.
    expression.consequent = fold(pass, expression.consequent)
    expression.alternate = fold(pass, expression.alternate)
    expression.condition.operand = fold(pass, expression.condition.operand)
    return foldIf(pass, expression)
  }
  foldChildren(pass, expression)
  const { span, origin } = expression
  switch (expression.kind) {
    case 'unary':
      return foldUnary(pass, expression)
    case 'binary':
      return foldBinary(pass, expression)
    case 'if':
      return foldIf(pass, expression)
    case 'parameter-count':
      if (!pass.fillParameters) return expression
      return { kind: 'integer', span, origin, value: BigInt(pass.environment.params.length) }
    case 'parameter':
      return pass.fillParameters ? parameterValue(pass, expression) : expression
    case 'block': {
      const { result } = expression
      const bare = result.kind === 'none' || result.kind === 'tuple' || isLiteral(result)
      return expression.statements.length === 0 && bare ? result : expression
    }
    case 'index': {
      const { object, index } = expression
      if (object.kind !== 'string' || index.kind !== 'integer' || index.value < 0n) return expression
      if (index.value > BigInt(object.value.length)) return expression
      return { kind: 'integer', span, value: BigInt(object.value.charCodeAt(Number(index.value)) || 0) }
    }
    case 'tuple-index': {
      const { object } = expression
      if (object.kind !== 'tuple' || !isLiteral(object)) return expression
      return object.elements[expression.index] ?? expression
    }
    case 'field': {
      const { object } = expression
      if (object.kind !== 'record' || !isLiteral(object)) return expression
      return object.fields.find((field) => field.name === expression.field)?.value ?? expression
    }
    case 'comptime':
      if (isLiteral(expression.operand)) return expression.operand
      return expression.operand.kind === 'comptime' ? expression.operand.operand : expression
    default:
      return expression
  }
}

function parameterValue(pass: Pass, expression: Expr & { kind: 'parameter' }): Expr {
  const { span, origin, index } = expression
  const text = pass.environment.params[index - 1] ?? ''
  if (text === '') {
    pass.environment.findings.report('parameter-empty', span, { index })
    return { kind: 'integer', span, origin, value: 0n }
  }
  const number = text.startsWith('-') ? readNumber(text.slice(1), true) : readNumber(text, true)
  if (number === undefined) return { kind: 'string', span, origin, value: text }
  return { kind: 'integer', span, origin, value: text.startsWith('-') ? -number : number }
}

function foldStr(pass: Pass, call: CallExpr): Expr {
  const [first] = call.args
  const filled = (expression: Expr & { kind: 'parameter' }): Expr => ({
    kind: 'string',
    span: expression.span,
    origin: expression.origin,
    value: pass.environment.params[expression.index - 1] ?? '',
  })
  if (pass.fillParameters && first) {
    // Inside str() a parameter is its text, not a number.
    if (first.kind === 'parameter') call.args[0] = filled(first)
    else if (first.kind === 'binary' && first.operator === '+' && first.left.kind === 'parameter')
      first.left = filled(first.left)
  } else if (first?.kind === 'parameter') return call
  foldChildren(pass, call)
  const [text, length] = call.args
  if (text?.kind !== 'string' && text?.kind !== 'integer') return call
  const value = String(text.value)
  if (!length) return { kind: 'string', span: call.span, origin: call.origin, value }
  if (length.kind !== 'integer' || length.value < 0n) return call
  return { kind: 'string', span: call.span, origin: call.origin, value: value.slice(0, Number(length.value)) }
}

function foldUnary(pass: Pass, expression: UnaryExpr): Expr {
  const { operand, operator, span, origin } = expression
  if (operand.kind === 'boolean') {
    return operator === '!' ? { kind: 'boolean', span, origin, value: !operand.value } : expression
  }
  if (operand.kind !== 'integer') return expression
  switch (operator) {
    case '~':
      return {
        kind: 'integer',
        span,
        origin,
        value: operand.value < 0n ? ~operand.value : BigInt.asUintN(64, ~operand.value),
      }
    case '!':
      return { kind: 'boolean', span, origin, value: operand.value === 0n }
    case '-':
      if (operand.value > 1n << 63n) {
        pass.environment.findings.report('literal-overflow', span, {
          problem: 'the negative value does not fit into 64 bits',
        })
        return expression
      }
      return { kind: 'integer', span, origin, value: -operand.value }
    default:
      return expression
  }
}

function foldIf(pass: Pass, expression: Expr & { kind: 'if' }): Expr {
  const { condition } = expression
  if (condition.kind === 'comptime') {
    const value = isLiteral(condition.operand) ? truth(condition.operand) : undefined
    return value === undefined ? expression : value ? expression.consequent : expression.alternate
  }
  const value = isLiteral(condition) ? truth(condition) : undefined
  if (value === undefined) return expression
  if (isLiteral(expression.consequent) && isLiteral(expression.alternate))
    return value ? expression.consequent : expression.alternate
  if (condition.kind !== 'boolean') {
    expression.condition = { kind: 'boolean', span: condition.span, origin: condition.origin, value }
    pass.changed = true
  }
  return expression
}

const overflow = 'it overflows or divides by zero'

function foldBinary(pass: Pass, expression: BinaryExpr): Expr {
  const { left, right, operator, span } = expression
  if (left.kind === 'string' || right.kind === 'string') return foldStrings(pass, expression)
  if (left.kind === 'boolean' || right.kind === 'boolean') {
    const [a, b] = [truth(left), truth(right)]
    const both = left.kind === 'boolean' && right.kind === 'boolean'
    const logical = operator === '&&' || operator === '||'
    if (a === undefined || b === undefined || (!both && !logical)) return expression
    return foldBooleans(pass, expression, a, b)
  }
  if (left.kind === right.kind && (left.kind === 'tuple' || left.kind === 'record')) {
    const same = operator === '==' || operator === '!=' ? sameLiterals(left, right) : undefined
    return same === undefined ? expression : { kind: 'boolean', span, value: same === (operator === '==') }
  }
  if (left.kind !== 'integer' || right.kind !== 'integer') return expression
  if (mixesTooLarge(left.value, right.value)) {
    pass.environment.findings.report('literal-overflow', span, { problem: overflow })
    return expression
  }
  if (isComparison(operator)) return { kind: 'boolean', span, value: compareValues(operator, left.value, right.value) }
  const value = arithmetic(operator, left.value, right.value)
  if (value !== undefined) return { kind: 'integer', span, origin: expression.origin, value }
  pass.environment.findings.report('literal-overflow', span, { problem: overflow })
  return expression
}

/** A negative number and one beyond the signed range have no common type. */
const mixesTooLarge = (left: bigint, right: bigint) =>
  (left < 0n && right > 0x7fff_ffff_ffff_ffffn) || (right < 0n && left > 0x7fff_ffff_ffff_ffffn)

function foldBooleans(pass: Pass, expression: BinaryExpr, a: boolean, b: boolean): Expr {
  const { operator, span } = expression
  if ((operator === '/' || operator === '%') && !b) {
    pass.environment.findings.report('literal-overflow', span, { problem: overflow })
  }
  const [x, y] = [a ? 1 : 0, b ? 1 : 0]
  const results: Readonly<Record<string, boolean>> = {
    '==': a === b,
    '!=': a !== b,
    '<=': x <= y,
    '>=': x >= y,
    '<': x < y,
    '>': x > y,
    '&&': a && b,
    '||': a || b,
    '+': x + y !== 0,
    '-': x - y !== 0,
    '*': a && b,
    '/': a && b,
    '%': false,
    '&': a && b,
    '|': a || b,
    '^': a !== b,
    '<<': x < y,
    '>>': x > y,
  }
  return { kind: 'boolean', span, value: results[operator] ?? true }
}

function foldStrings(pass: Pass, expression: BinaryExpr): Expr {
  const { left, right, operator, span } = expression
  const text = left.kind === 'string' ? left : right
  const other = left.kind === 'string' ? right : left
  if (text.kind !== 'string') return expression
  if (other.kind === 'integer' && other.value >= 0n && operator === '+') {
    // "text" + n drops the first n characters.
    if (other.value >= BigInt(text.value.length)) pass.environment.findings.report('string-always-empty', span, {})
    return { kind: 'string', span, value: text.value.slice(Number(other.value)) }
  }
  if (other.kind === 'boolean' && (operator === '&&' || operator === '||')) {
    return foldBooleans(pass, expression, text.value !== '', other.value)
  }
  if (left.kind !== 'string' || right.kind !== 'string') return expression
  if (operator === '+') return { kind: 'string', span, value: left.value + right.value }
  if (isComparison(operator)) {
    const value =
      operator === '&&'
        ? left.value !== '' && right.value === ''
        : operator === '||'
          ? left.value !== '' || right.value === ''
          : compareValues(operator, left.value, right.value)
    return { kind: 'boolean', span, value }
  }
  pass.environment.findings.report('operator-invalid', span, { operator, types: 'string literals' })
  return expression
}

/** Undefined where the parts are not all literals. */
function sameLiterals(left: Expr, right: Expr): boolean | undefined {
  if (!isLiteral(left) || !isLiteral(right)) return undefined
  if (left.kind === 'tuple' && right.kind === 'tuple') {
    if (left.elements.length !== right.elements.length) return false
    return left.elements.every((element, i) =>
      sameLiterals(element, right.elements[i] ?? { kind: 'none', span: element.span }),
    )
  }
  if (left.kind === 'record' && right.kind === 'record') {
    if (left.fields.length !== right.fields.length) return false
    const pairs = left.fields.map((field) => [field, right.fields.find((other) => other.name === field.name)] as const)
    if (pairs.some(([, other]) => !other)) return undefined
    return pairs.every(([field, other]) => other && sameLiterals(field.value, other.value))
  }
  return 'value' in left && 'value' in right && left.kind === right.kind && left.value === right.value
}

export function foldAlone(expression: Expr, environment: Environment): Expr {
  return fold(createPass(environment, false), expression)
}
