/** Casts that cannot be, and casts that change nothing. */
import { formatType } from '../../types/format.ts'
import { equalTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import { hasUnknown, isCastableAggregate, type Type } from '../../types/type.ts'
import type { Environment } from '../environment.ts'
import type { CastExpr } from './ir.ts'
import { typeOf } from './resolution.ts'

export function checkCast(environment: Environment, expression: CastExpr): void {
  const { findings } = environment
  const [to, from] = [typeOf(expression), typeOf(expression.operand)]
  const { span } = expression
  if (hasUnknown(to) || hasUnknown(from)) return
  if (to.kind === 'none') return
  const impossible = () => findings.report('cast-invalid', span, { from: formatType(from), to: formatType(to) })
  if (from.kind === 'c' || from.kind === 'none') return impossible()
  if (equalTypes(to, from)) {
    if (!expression.implicit)
      findings.report('unnecessary-cast', span, { type: formatType(from), end: expression.operand.span.start })
    return
  }
  if (to.kind === 'string' && from.kind === 'string') {
    if (to.size < from.size) impossible()
    return
  }
  if (to.kind === 'username' && from.kind === 'integer') return
  const target = castTarget(to)
  if (!target || !sizesAgree(to, from) || !sourceAgrees(to, from)) return impossible()
  if (to.kind === 'integer' && to.enumeration) checkEnumeration(environment, expression, to.enumeration)
}

function castTarget(to: Type): boolean {
  if (to.kind === 'integer' || to.kind === 'pointer' || to.kind === 'boolean') return true
  return to.kind === 'array' && (to.of.kind === 'integer' || to.of.kind === 'boolean')
}

/** Arrays come from what has their size; an integer also fills a shorter one. */
function sizesAgree(to: Type, from: Type): boolean {
  if (to.kind !== 'array') return true
  const [wanted, given] = [sizeOf(to), sizeOf(from)]
  if (to.length === 0) return false
  if (from.kind === 'integer') return (wanted <= 8 && wanted > given) || wanted === given
  return (from.kind === 'boolean' || from.kind === 'string') && wanted === given
}

function sourceAgrees(to: Type, from: Type): boolean {
  if (from.kind === 'array') return to.kind === 'integer' && sizeOf(to) === sizeOf(from)
  if (from.kind === 'pointer' || from.kind === 'integer' || isCastableAggregate(from)) return true
  if (to.kind === 'boolean') return from.kind === 'string'
  if (to.kind === 'integer') return from.kind === 'boolean' || from.context === true
  return true
}

function checkEnumeration(environment: Environment, expression: CastExpr, name: string): void {
  const values = environment.types.enumValues(name)
  const { findings, types } = environment
  if (!values) {
    if (!types.uncertain) findings.report('enum-unknown', expression.span, { name })
    return
  }
  const { operand } = expression
  if (operand.kind === 'integer' && !values.has(operand.value)) {
    findings.report('enum-value-unknown', expression.span, { name, value: String(operand.value) })
  }
}
