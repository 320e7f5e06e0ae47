/** Which share of events a condition lets through, judged by how it is written. */
import type { Expression } from '../syntax/ast.ts'
import { selectivities, UNKNOWN_SHARE } from './operation-costs.ts'

const HALF = 0.5

export function share(source: string, condition: Expression): number {
  switch (condition.kind) {
    case 'Parenthesized':
      return share(source, condition.expression)
    case 'Unary':
      return condition.operator === '!' && condition.operand.kind !== 'MapAccess'
        ? 1 - share(source, condition.operand)
        : HALF
    case 'Binary':
      if (condition.operator === '&&') return share(source, condition.left) * share(source, condition.right)
      if (condition.operator === '||') {
        return Math.min(1, share(source, condition.left) + share(source, condition.right))
      }
      break
    case 'IntegerLiteral':
      return condition.value === 0n ? 0 : 1
    default:
  }
  const text = source.slice(condition.span.start, condition.span.end)
  return selectivities.find(({ pattern }) => pattern.test(text))?.share ?? UNKNOWN_SHARE
}
