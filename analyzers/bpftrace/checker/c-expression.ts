/** The replacement text of a C macro as an expression of the language. */
import type { Expression } from '../syntax/ast.ts'
import { parse } from '../syntax/parse.ts'

/** Undefined when the text is no single expression. */
export function expressionOf(text: string): Expression | undefined {
  const tree = parse(`BEGIN { $x = (${text}); }`)
  if (tree.errors.length > 0) return undefined
  const [probe, ...more] = tree.program.items
  if (probe?.kind !== 'Probe' || more.length > 0) return undefined
  const [statement, ...rest] = probe.body.statements
  if (statement?.kind !== 'Assignment' || rest.length > 0) return undefined
  return statement.value.kind === 'Parenthesized' ? statement.value.expression : statement.value
}
