/**
 * Jumps where they are not allowed, and statements that nothing reaches. A call of `exit()` counts as a return, except
 * that a loop takes a written return only.
 */
import { atLeast } from '../../version.ts'
import type { Environment } from '../environment.ts'
import { stages } from '../stages.ts'
import type { BlockExpr, Expr, JumpStmt, ProgramIr, Stmt } from './ir.ts'
import { everyExpr, visitExpr, visitStmtParts } from './walk.ts'

/** `exit` is the return that a call of exit() implies: it leaves loops too, where a written return is a break. */
type Jump = JumpStmt['keyword'] | 'exit'

export function checkControlFlow(program: ProgramIr, environment: Environment): void {
  environment.findings.stage = stages.loopReturns
  const loops = program.words.has('for') || program.words.has('while')
  const roots = [...program.subprograms, ...program.probes]
  if (loops) for (const root of roots) checkLoopReturns(root.body, environment)
  environment.findings.stage = stages.controlFlow
  for (const macro of program.macros) forbid(environment, macro.body, 'macro', ['break', 'continue', 'return'])
  for (const subprogram of program.subprograms) forbid(environment, subprogram.body, 'function', ['break', 'continue'])
  for (const probe of program.probes) forbid(environment, probe.body, 'probe', ['break', 'continue'])
  for (const root of roots) {
    if (!ends(environment, root.body, ['return'])) settleBlock(root.body)
    if (loops) checkLoops(environment, root.body)
  }
  if (loops) for (const macro of program.macros) checkLoops(environment, macro.body)
}

/** Within one probe or function, returns in loops have a value either all or none. */
function checkLoopReturns(body: BlockExpr, environment: Environment): void {
  let first: boolean | undefined
  const visitStatement = (statement: Stmt, depth: number): void => {
    if (statement.kind === 'jump' && statement.keyword === 'return' && depth > 0) {
      const valued = statement.value !== undefined
      first ??= valued
      if (first !== valued) environment.findings.report('loop-return-inconsistent', statement.span, {})
    }
    const inner = statement.kind === 'for' || statement.kind === 'while' ? depth + 1 : depth
    visitStmtParts(statement, (child) => visit(child, inner))
  }
  const visit = (expression: Expr, depth: number): void =>
    visitExpr(
      expression,
      (child) => visit(child, depth),
      (statement) => visitStatement(statement, depth),
    )
  visit(body, 0)
}

/** Since 0.25 a call of exit() returns at once. */
const isExit = (environment: Environment, expression: Expr) =>
  expression.kind === 'call' &&
  expression.name === 'exit' &&
  expression.args.length <= 1 &&
  atLeast(environment.version, '0.25')

/** `jumps` may not occur below; loops allow and forbid their own. */
function forbid(environment: Environment, body: Expr, where: string, jumps: readonly Jump[]): void {
  const statementOf = (statement: Stmt): void => {
    switch (statement.kind) {
      case 'jump':
        // The return in a loop was taken apart before; what is left are the returns of exit().
        if (jumps.includes(statement.keyword) && !(statement.keyword === 'return' && where.endsWith('loop'))) {
          environment.findings.report('jump-disallowed', statement.span, { keyword: statement.keyword, where })
        }
        if (statement.value) expressionOf(statement.value)
        return
      case 'for':
        return forbid(environment, statement.body, 'for-loop', ['return'])
      case 'while':
        return forbid(environment, statement.body, 'while-loop', jumps.includes('return') ? ['return'] : [])
      default:
        visitStmtParts(statement, expressionOf)
    }
  }
  const expressionOf = (expression: Expr): void => {
    if (isExit(environment, expression) && jumps.includes('return') && where !== 'macro') {
      environment.findings.report('jump-disallowed', expression.span, { keyword: 'return', where })
    }
    visitExpr(expression, expressionOf, statementOf)
  }
  expressionOf(body)
}

/** Whether control surely ends in one of the jumps; what follows such a statement is reported. */
function ends(environment: Environment, expression: Expr, jumps: readonly Jump[]): boolean {
  const inner = (child: Expr) => ends(environment, child, jumps)
  switch (expression.kind) {
    case 'call':
      return (
        expression.args.some(inner) ||
        (isExit(environment, expression) && (jumps.includes('return') || jumps.includes('exit')))
      )
    case 'if':
      // Both branches are looked at, so that both get their warnings.
      return inner(expression.condition) || [inner(expression.consequent), inner(expression.alternate)].every(Boolean)
    case 'binary':
      return inner(expression.left) || inner(expression.right)
    case 'index':
      return inner(expression.object) || inner(expression.index)
    case 'map-access':
      return inner(expression.key)
    case 'block':
      return blockEnds(environment, expression, jumps)
    case 'unary':
    case 'comptime':
      return inner(expression.operand)
    case 'cast':
      return inner(expression.operand)
    case 'field':
    case 'tuple-index':
      return inner(expression.object)
    default:
      return false
  }
}

function blockEnds(environment: Environment, block: BlockExpr, jumps: readonly Jump[]): boolean {
  for (const [i, statement] of block.statements.entries()) {
    if (!statementEnds(environment, statement, jumps)) continue
    const next = block.statements[i + 1]
    if (next) environment.findings.report('unreachable', next.span, { what: 'Statement' })
    if (block.result.kind !== 'none') environment.findings.report('unreachable', block.result.span, { what: 'Value' })
    return true
  }
  return ends(environment, block.result, jumps)
}

function statementEnds(environment: Environment, statement: Stmt, jumps: readonly Jump[]): boolean {
  const inner = (child: Expr) => ends(environment, child, jumps)
  switch (statement.kind) {
    case 'jump':
      return jumps.includes(statement.keyword)
    case 'expression':
    case 'discard':
      return inner(statement.expression)
    case 'assign-variable':
    case 'assign-map':
      return inner(statement.value)
    case 'unroll':
      return inner(statement.count) || inner(statement.body)
    case 'while':
      return inner(statement.condition) || (jumps.includes('return') && ends(environment, statement.body, ['exit']))
    case 'for':
    case 'declare':
    case 'import':
      return false
  }
}

function checkLoops(environment: Environment, body: Expr): void {
  everyExpr(body, (expression) => {
    if (expression.kind !== 'block') return undefined
    for (const statement of expression.statements) {
      if (statement.kind !== 'for' && statement.kind !== 'while') continue
      if (!ends(environment, statement.body, ['continue', 'break', 'return'])) settleBlock(statement.body)
    }
    return undefined
  })
}

/**
 * A body that does not jump gets a jump at its end, and with it whatever stands last becomes a statement: also each
 * branch of an `if`, whose values then need not have one type.
 */
function settleBlock(block: BlockExpr): void {
  if (block.result.kind !== 'none') {
    block.result = settle(block.result)
    return
  }
  const last = block.statements[block.statements.length - 1]
  if (last?.kind === 'expression') last.expression = settle(last.expression)
}

function settle(expression: Expr): Expr {
  const { span } = expression
  switch (expression.kind) {
    case 'none':
      return expression
    case 'block':
      settleBlock(expression)
      return expression
    case 'if':
      expression.consequent = settle(expression.consequent)
      expression.alternate = settle(expression.alternate)
      return expression
    default:
      return {
        kind: 'block',
        span,
        statements: [{ kind: 'expression', span, expression }],
        result: { kind: 'none', span: { start: span.end, end: span.end } },
      }
  }
}
