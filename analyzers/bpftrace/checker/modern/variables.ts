/** Scratch variables: declared before use, declared once, assigned before they are read. */

import type { Span } from '../../diagnostic.ts'
import type { Environment } from '../environment.ts'
import type { BlockExpr, Expr, ForStmt, ProgramIr, Root, Stmt, VariableExpr } from './ir.ts'
import { visitExpr, visitStmtParts, visitTypeRef } from './walk.ts'

interface Known {
  readonly span: Span
  readonly how: string
  assigned: boolean
  readonly declaration: Span | undefined
}

interface Pass {
  readonly environment: Environment
  readonly scopes: Map<string, Known>[]
  /** Of the whole probe or function. */
  readonly body: Span
  readonly declared: { readonly name: string; readonly known: Known }[]
  /** Inside `sizeof`, `typeof` and the like, where nothing is read. */
  meta: number
  readonly visit: (expression: Expr) => void
  readonly visitStatement: (statement: Stmt) => void
}

export function checkVariables(program: ProgramIr, environment: Environment): void {
  for (const subprogram of program.subprograms) checkRoot(subprogram, environment)
  for (const probe of program.probes) checkRoot(probe, environment)
}

function checkRoot(root: Root, environment: Environment): void {
  const pass: Pass = {
    environment,
    scopes: [new Map()],
    body: writtenBody(root.body).span,
    declared: [],
    meta: 0,
    visit: (expression) => visit(pass, expression),
    visitStatement: (statement) => visitStatement(pass, statement),
  }
  if (root.kind === 'subprogram') {
    for (const { variable, span } of root.parameters) {
      pass.scopes[0]?.set(variable.name, {
        span,
        how: 'the function parameter',
        assigned: true,
        declaration: undefined,
      })
    }
    for (const { type } of root.parameters) inMeta(pass, () => visitTypeRef(type, (child) => visit(pass, child)))
  }
  visit(pass, root.body)
  for (const { name, known } of pass.declared) {
    if (!known.assigned && known.declaration) {
      environment.findings.report('variable-never-assigned', known.declaration, { name })
    }
  }
}

/** Around the body of a probe with a predicate there is another block that nobody wrote. */
const writtenBody = ({ origin, result, ...body }: BlockExpr) =>
  origin === undefined && result.kind === 'if' ? result.consequent : body

function find(pass: Pass, name: string): Known | undefined {
  for (const scope of pass.scopes) {
    const known = scope.get(name)
    if (known) return known
  }
  return undefined
}

function inMeta(pass: Pass, action: () => void): void {
  pass.meta++
  action()
  pass.meta--
}

function visit(pass: Pass, expression: Expr): void {
  const { findings } = pass.environment
  switch (expression.kind) {
    case 'variable': {
      const known = find(pass, expression.name)
      if (!known) undeclared(pass, expression)
      else if (!known.assigned && pass.meta === 0) {
        findings.report('variable-before-assignment', expression.span, { name: expression.name })
      }
      return
    }
    case 'variable-address': {
      const known = find(pass, expression.variable.name)
      // Whoever gets the address may assign through it.
      if (known) known.assigned = true
      else undeclared(pass, expression.variable)
      return
    }
    case 'block':
      pass.scopes.push(new Map())
      visitExpr(expression, pass.visit, pass.visitStatement)
      pass.scopes.pop()
      return
    case 'cast':
      visit(pass, expression.operand)
      return inMeta(pass, () => visitTypeRef(expression.type, (child) => visit(pass, child)))
    case 'sizeof':
    case 'offsetof':
    case 'typeinfo':
    case 'type-argument':
      return inMeta(pass, () => visitTypeRef(expression.type, (child) => visit(pass, child)))
    default:
      visitExpr(expression, pass.visit, pass.visitStatement)
  }
}

function undeclared(pass: Pass, variable: VariableExpr): void {
  pass.environment.findings.report('variable-undeclared', variable.span, {
    name: variable.name,
    body: pass.body,
  })
}

function visitStatement(pass: Pass, statement: Stmt): void {
  switch (statement.kind) {
    case 'assign-variable': {
      visit(pass, statement.value)
      if (statement.declaration) declare(pass, statement.declaration)
      const known = find(pass, statement.variable.name)
      if (known) known.assigned = true
      else {
        pass.scopes[pass.scopes.length - 1]?.set(statement.variable.name, {
          span: statement.span,
          how: 'the initial assignment',
          assigned: true,
          declaration: undefined,
        })
      }
      return
    }
    case 'declare':
      return declare(pass, statement)
    case 'for':
      return visitFor(pass, statement)
    default:
      visitStmtParts(statement, pass.visit)
  }
}

function declare(pass: Pass, statement: Stmt & { kind: 'declare' }): void {
  const { type, variable, span } = statement
  if (type) inMeta(pass, () => visitTypeRef(type, (child) => visit(pass, child)))
  const existing = find(pass, variable.name)
  if (existing) {
    pass.environment.findings.report(
      'variable-redeclared',
      span,
      { name: variable.name },
      { related: [{ span: existing.span, message: `This is ${existing.how}.` }] },
    )
    return
  }
  const known: Known = { span, how: 'the initial declaration', assigned: false, declaration: span }
  pass.scopes[pass.scopes.length - 1]?.set(variable.name, known)
  pass.declared.push({ name: variable.name, known })
}

function visitFor(pass: Pass, statement: ForStmt): void {
  const { variable, iterable, body } = statement
  const existing = find(pass, variable.name)
  if (existing) {
    pass.environment.findings.report(
      'loop-variable-shadows',
      variable.span,
      { name: variable.name },
      { related: [{ span: existing.span, message: `This is ${existing.how}.` }] },
    )
  }
  if (iterable.kind === 'range') {
    visit(pass, iterable.start)
    visit(pass, iterable.end)
  }
  const known: Known = { span: variable.span, how: 'the loop variable', assigned: true, declaration: undefined }
  pass.scopes.push(new Map([[variable.name, known]]))
  visit(pass, body)
  pass.scopes.pop()
}
