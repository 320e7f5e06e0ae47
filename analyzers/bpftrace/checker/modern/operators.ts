/** The types of operators, and the operands that they refuse or warn of. */
import { formatType } from '../../types/format.ts'
import { equalTypes } from '../../types/relations.ts'
import {
  boolean,
  int64,
  integer,
  isCastableAggregate,
  isFlexible,
  isSigned,
  none,
  pointer,
  type Type,
  uint64,
  unknown,
  withSpace,
} from '../../types/type.ts'
import type { Findings } from '../findings.ts'
import type { BinaryExpr, UnaryExpr } from './ir.ts'

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=', '&&', '||'])
export const isComparison = (operator: string) => comparisons.has(operator)

/** What computes as an integer. */
export const isNumeric = (type: Type) => type.kind === 'integer' || type.kind === 'boolean' || isCastableAggregate(type)

export function binaryType(findings: Findings, expression: BinaryExpr, left: Type, right: Type): Type {
  if (left.kind === 'boolean' && right.kind === 'boolean') return boolean
  if (left.kind === 'pointer' || right.kind === 'pointer') return pointerOperation(findings, expression, left, right)
  const space = commonSpace(findings, expression, left, right)
  if (isNumeric(left) && isNumeric(right)) {
    const result = integerOperation(findings, expression, left, right)
    // The compiler converts both sides, and a conversion that it puts in itself has no address space yet.
    const isConverted = (type: Type) => !equalTypes(type, result)
    return withSpace(result, isConverted(left) && isConverted(right) ? undefined : space)
  }
  if (isComparison(expression.operator)) return withSpace(boolean, space)
  const shift = expression.operator === '<<' || expression.operator === '>>'
  const signed = shift ? isSigned(left) : isSigned(left) || isSigned(right)
  return withSpace(integer(8, signed), space)
}

function commonSpace(findings: Findings, expression: BinaryExpr, left: Type, right: Type): Type['space'] {
  if (left.space && right.space && left.space !== right.space) {
    findings.report('address-space-mismatch', expression.span, { left: left.space, right: right.space })
    return undefined
  }
  return left.space ?? right.space
}

function pointerOperation(findings: Findings, expression: BinaryExpr, left: Type, right: Type): Type {
  const { operator } = expression
  const compares = ['==', '!=', '<', '<=', '>', '>=', '&&', '||'].includes(operator)
  const logical = operator === '&&' || operator === '||'
  const refuse = () => {
    findings.report('operator-invalid', expression.span, {
      operator,
      types: `${formatType(left)}, ${formatType(right)}`,
    })
    return none
  }
  if (left.kind === 'pointer' && right.kind === 'pointer') {
    if (!compares) return refuse()
    if (!equalTypes(left.to, right.to)) {
      findings.report('pointer-comparison', expression.span, { left: formatType(left.to), right: formatType(right.to) })
    }
    return boolean
  }
  const [address, other] = left.kind === 'pointer' ? [left, right] : [right, left]
  if (address.kind !== 'pointer') return unknown
  if (other.kind !== 'integer' && other.kind !== 'boolean') return refuse()
  if (operator === '-' && left.kind !== 'pointer') return refuse()
  if (operator === '+' || operator === '-') return pointer(address.to, address.space)
  return compares || logical ? boolean : refuse()
}

function integerOperation(findings: Findings, expression: BinaryExpr, left: Type, right: Type): Type {
  const { operator } = expression
  if (isComparison(operator)) return boolean
  const [first, second] = adaptSigns(left, right)
  if (!equalTypes(first, second) && (operator === '/' || operator === '%')) {
    const signed = [...(isSigned(first) ? [expression.left] : []), ...(isSigned(second) ? [expression.right] : [])]
    if (signed.length > 0) {
      const operands = signed
        .filter(({ kind }) => kind !== 'integer')
        .map(({ span, kind }) => ({ span, isCompound: kind === 'binary' || kind === 'if' }))
      findings.report('signed-division', expression.span, { operator, operands })
    }
  }
  return isSigned(first) || (!equalTypes(first, second) && isSigned(second)) || operator === '-' ? int64 : uint64
}

/** A literal takes the sign of what it meets. */
function adaptSigns(left: Type, right: Type): readonly [Type, Type] {
  if (isFlexible(left) && !isFlexible(right)) return [resigned(left, isSigned(right)), right]
  if (isFlexible(right) && !isFlexible(left)) return [left, resigned(right, isSigned(left))]
  return [left, right]
}

function resigned(type: Type, signed: boolean): Type {
  return type.kind === 'integer' ? { ...type, signed, flexible: undefined } : type
}

export function unaryType(findings: Findings, expression: UnaryExpr, type: Type): Type {
  const { operator, span } = expression
  const dereferences = operator === '*'
  const allowed =
    type.kind === 'boolean'
      ? operator === '!'
      : type.kind === 'integer' || (dereferences && (type.kind === 'pointer' || type.context === true))
  if (!allowed) {
    findings.report('operator-invalid', span, { operator, types: formatType(type) })
    return none
  }
  if (dereferences) return dereferenced(findings, expression, type)
  if (operator === '!') return boolean
  return isSigned(type) ? int64 : uint64
}

function dereferenced(findings: Findings, expression: UnaryExpr, type: Type): Type {
  if (type.kind === 'pointer') {
    return { ...type.to, context: type.context, internal: type.internal, space: type.space }
  }
  if (type.kind === 'c') {
    // `*args` and `args->x` stay valid although `args` is no pointer any more.
    if (type.context) return type
    findings.report('dereference-invalid', expression.span, { type: type.name })
    return none
  }
  if (type.kind === 'integer') return uint64
  findings.report('dereference-invalid', expression.span, { type: formatType(type) })
  return none
}
