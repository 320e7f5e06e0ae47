/** Object-like macros of C: a bare word that names one stands for its replacement, read as an expression. */
import { expressionOf } from '../c-expression.ts'
import type { Environment } from '../environment.ts'
import type { Expr, ProgramIr } from './ir.ts'
import { lowerExpression } from './lower.ts'
import { rewriteExpr } from './walk.ts'

/** Macros within macros multiply: past so many of them a use counts as unknown. */
const NESTED_USES = 2000
const NESTED_DEPTH = 100

export function expandCMacros(program: ProgramIr, environment: Environment): void {
  let nestedUses = 0
  const rewrite =
    (active: readonly string[]) =>
    (expression: Expr): Expr => {
      if (expression.kind !== 'identifier') {
        rewriteExpr(expression, rewrite(active))
        return expression
      }
      const text = environment.types.macro(expression.name)
      if (text === undefined) return expression
      if (active.includes(expression.name)) {
        environment.findings.report('c-macro', expression.span, { name: expression.name, problem: 'refers to itself' })
        return { kind: 'unknown', span: expression.span }
      }
      if (active.length > NESTED_DEPTH || (active.length > 0 && ++nestedUses > NESTED_USES))
        return { kind: 'unknown', span: expression.span }
      const replacement = expressionOf(text)
      if (!replacement) {
        environment.findings.report('c-macro', expression.span, {
          name: expression.name,
          problem: `is no expression: ${text}`,
        })
        return { kind: 'unknown', span: expression.span }
      }
      const made = placed(lowerExpression(replacement), expression)
      return rewrite([...active, expression.name])(made)
    }
  for (const root of [...program.subprograms, ...program.probes]) rewriteExpr(root.body, rewrite([]))
}

/** Everything in the replacement stands where the macro's name stands. */
function placed(made: Expr, at: Expr): Expr {
  const move = (expression: Expr): Expr => {
    expression.span = at.span
    expression.origin = undefined
    rewriteExpr(expression, move)
    return expression
  }
  return { ...move(made), origin: at.origin }
}
