/** Imports, and features that a script has to ask for before it may use them. */
import type { Program } from '../../syntax/ast.ts'
import type { Environment } from '../environment.ts'
import { stages } from '../stages.ts'
import type { Expr, ProgramIr, Stmt } from './ir.ts'
import { visitExpr, visitStmtParts } from './walk.ts'

const importable = /\.(bt|h)$|\.bpf\.(c|o)$/

export function checkImports(program: Program, environment: Environment): void {
  environment.findings.stage = stages.imports
  for (const item of program.items) {
    if (item.kind !== 'Import' || item.path.kind !== 'StringLiteral') continue
    const path = item.path.value
    if (path === 'stdlib' || path.startsWith('stdlib/')) continue
    const readable = environment.readFile?.(path) !== undefined
    // A path without an extension may be a directory.
    if (!importable.test(path) && /\.[a-z]+$/.test(path)) {
      environment.findings.report('import-type-unknown', item.span, { path })
    } else if (environment.readFile && !readable) {
      environment.findings.report('import-not-found', item.span, { path })
    }
  }
}

export function checkUnstable(program: ProgramIr, environment: Environment): void {
  environment.findings.stage = stages.unstable
  const { settings, findings } = environment
  const visit = (expression: Expr): void => {
    const key = expression.kind === 'typeinfo' ? 'unstable_typeinfo' : unstableCall(expression)
    if (key && settings.unstable.get(key) === 'error') {
      findings.report('feature-unstable', expression.span, { feature: key.replace('unstable_', ''), key })
    }
    visitExpr(expression, visit, visitStatement)
  }
  const visitStatement = (statement: Stmt): void => {
    if (statement.kind === 'import' && settings.unstable.get('unstable_import_statement') === 'error') {
      findings.report('import-statement', statement.span, {})
    }
    visitStmtParts(statement, visit)
  }
  for (const item of [...program.subprograms, ...program.probes]) visit(item.body)
}

function unstableCall(expression: Expr): string | undefined {
  if (expression.kind !== 'call') return undefined
  if (expression.name === 'tseries') return 'unstable_tseries'
  return expression.name === 'dw_ustack' ? 'unstable_dw_ustack' : undefined
}
