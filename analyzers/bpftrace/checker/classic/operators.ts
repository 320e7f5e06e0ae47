/** Types of operators, and what they refuse or warn of. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicType } from '../../types/format.ts'
import { equalTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import { hasUnknown, int64, integer, isSigned, none, pointer, type Type, uint64, unknown } from '../../types/type.ts'
import { visit } from './expressions.ts'
import { assignMapType } from './maps.ts'
import { sameKind } from './relations.ts'
import { bare, integerLiteral, isLiteral, report, reportLast, type State, since, stringLiteral } from './state.ts'

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>='])
const arithmetic = new Set(['+', '-', '*', '/', '%'])

export function visitBinary(state: State, node: Ast.Binary): Type {
  const left = visit(state, node.left)
  const right = visit(state, node.right)
  if (left.kind === 'pointer' || right.kind === 'pointer') return pointerBinary(state, node, left, right)
  const shift = node.operator === '<<' || node.operator === '>>'
  const signed = shift ? isSigned(left) : isSigned(left) && isSigned(right)
  let space = left.space ?? right.space
  if (left.space && right.space && left.space !== right.space) {
    reportLast(state, 'address-space-mismatch', node.span, { left: left.space, right: right.space })
    space = undefined
  }
  if (state.final) checkOperands(state, node, left, right)
  return { ...integer(8, signed), space }
}

function checkOperands(state: State, node: Ast.Binary, left: Type, right: Type): void {
  if (left.kind === 'unknown' || right.kind === 'unknown') return
  const { operator, span } = node
  const equality = operator === '==' || operator === '!='
  if (left.kind === 'integer' && right.kind === 'integer') return integers(state, node, left, right)
  if (since(state, '0.18') && (isNumeric(left) || isNumeric(right))) return
  if (left.kind === 'array' && right.kind === 'array') {
    if (!equality) report(state, 'operator-invalid', span, { operator, types: 'arrays' })
    if (left.length !== right.length || left.of.kind !== 'integer' || !equalTypes(left, right)) {
      report(state, 'array-comparison', span, {})
    }
    return
  }
  const [first, second] = [formatClassicType(left), formatClassicType(right)]
  if (left.kind !== right.kind || !sameKind(left, right)) {
    if (left.kind === right.kind && left.kind !== 'aggregate' && left.kind !== 'stack') return
    report(state, 'comparison-mismatch', span, { operator, left: first, right: second })
  } else if (!equality) {
    if ((operator === '&&' || operator === '||') && since(state, '0.18')) return
    report(state, 'operator-invalid', span, { operator, types: `${first}, ${second}` })
  } else if (operator === '==') literalLength(state, node, left, right)
}

const isNumeric = (type: Type) => type.kind === 'boolean' || type.kind === 'aggregate'

/** A literal longer than what it is compared with never equals it. */
function literalLength(state: State, node: Ast.Binary, left: Type, right: Type): void {
  const literal = stringLiteral(state, node.left) ?? stringLiteral(state, node.right)
  if (literal === undefined || isLiteral(state, node.left) === isLiteral(state, node.right)) return
  const other = isLiteral(state, node.left) ? right : left
  if (other.kind !== 'string' || literal.length <= other.size) return
  report(state, 'size-mismatch', node.span, { what: 'Literal', held: other.size, given: literal.length })
}

function integers(state: State, node: Ast.Binary, left: Type, right: Type): void {
  const { operator, span } = node
  const natural = (side: Ast.Expression) => {
    const value = integerLiteral(state, side)
    return value !== undefined && value >= 0n
  }
  let [leftSigned, rightSigned] = [isSigned(left), isSigned(right)]
  if (leftSigned !== rightSigned) {
    if (leftSigned && natural(node.left)) leftSigned = false
    else if (rightSigned && natural(node.right)) rightSigned = false
    else if (comparisons.has(operator) || arithmetic.has(operator)) {
      const what = comparisons.has(operator) ? 'comparison' : 'arithmetic'
      report(state, 'sign-mix', span, { what, left: formatClassicType(left), right: formatClassicType(right) })
    }
  }
  if (operator === '/' || operator === '%') {
    if (leftSigned && natural(node.left)) leftSigned = false
    if (rightSigned && natural(node.right)) rightSigned = false
    const signed = [...(leftSigned ? [node.left] : []), ...(rightSigned ? [node.right] : [])]
    if (signed.length > 0) {
      const operands = signed.map((side) => ({ span: side.span, isCompound: /^(Binary|Ternary)$/.test(side.kind) }))
      report(state, 'signed-division', span, { operator, operands })
    }
  }
  if (state.call === 'str' && !since(state, '0.18')) parameterOffset(state, node)
}

/** Inside str() only a constant may be added to a parameter, and no more than its length. */
function parameterOffset(state: State, node: Ast.Binary): void {
  const [left, right] = [bare(node.left), bare(node.right)]
  const parameter =
    left.kind === 'PositionalParameter' ? left : right.kind === 'PositionalParameter' ? right : undefined
  if (!parameter) return
  const offset = parameter === left ? right : left
  const value = offset.kind === 'IntegerLiteral' ? offset.value : null
  const { length } = state.environment.params[parameter.index - 1] ?? ''
  if (node.operator === '+' && value !== null && value <= BigInt(length)) return
  report(state, 'str-parameter', node.span, {
    problem: `only a single constant up to the length of $${parameter.index} (${length}) can be added inside str()`,
  })
}

function pointerBinary(state: State, node: Ast.Binary, left: Type, right: Type): Type {
  const { operator, span } = node
  const compares = comparisons.has(operator)
  const refuse = () => {
    report(state, 'operator-invalid', span, {
      operator,
      types: `${formatClassicType(left)}, ${formatClassicType(right)}`,
    })
    return none
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknown
  const logical = since(state, '0.18') && (operator === '&&' || operator === '||')
  if (left.kind === 'pointer' && right.kind === 'pointer') {
    if (!compares) return logical ? uint64 : refuse()
    if (!equalTypes(left.to, right.to)) {
      reportLast(state, 'pointer-comparison', span, {
        left: formatClassicType(left.to),
        right: formatClassicType(right.to),
      })
    }
    return uint64
  }
  const [address, other] = left.kind === 'pointer' ? [left, right] : [right, left]
  if (address.kind !== 'pointer' || other.kind !== 'integer') return logical ? uint64 : refuse()
  if (operator === '-' && left.kind !== 'pointer') return refuse()
  if (operator === '+' || operator === '-') return pointer(address.to, address.space)
  return compares ? int64 : logical ? uint64 : refuse()
}

export function visitUpdate(state: State, node: Ast.Update): Type {
  const operand = bare(node.operand)
  if (operand.kind === 'MapReference' || operand.kind === 'MapAccess') {
    const name = operand.kind === 'MapReference' ? operand.name : operand.map.name
    if (!state.mapValues.has(name)) assignMapType(state, operand, name, int64)
  }
  const type = visit(state, node.operand)
  if (!['integer', 'pointer', 'unknown'].includes(type.kind)) {
    reportLast(state, 'operator-invalid', node.span, { operator: node.operator, types: formatClassicType(type) })
  }
  return type.kind === 'pointer' || type.kind === 'unknown' ? type : integer(8, isSigned(type))
}

export function visitUnary(state: State, node: Ast.Unary): Type {
  const type = visit(state, node.operand)
  const { operator, span } = node
  if (type.kind === 'unknown') return unknown
  const refuse = () => reportLast(state, 'operator-invalid', span, { operator, types: formatClassicType(type) })
  const also = since(state, '0.18') && (type.kind === 'boolean' || (type.kind === 'pointer' && operator === '!'))
  if (type.kind !== 'integer' && !(type.kind === 'pointer' && operator === '*') && !also) {
    if (!(operator === '*' && type.kind === 'c' && type.arguments && since(state, '0.19'))) refuse()
  }
  if (operator === '*') {
    if (type.kind === 'pointer') {
      return { ...type.to, context: type.context, arguments: type.arguments, space: type.space }
    }
    if (type.kind === 'c') {
      if (type.arguments && since(state, '0.19')) return type
      report(state, 'dereference-invalid', span, { type: type.name })
      return none
    }
    return type.kind === 'integer' ? uint64 : none
  }
  if (operator === '!') {
    const size = sizeOf(type)
    if (![0, 1, 2, 4, 8].includes(size) && !hasUnknown(type))
      report(state, 'operator-invalid', span, { operator, types: formatClassicType(type) })
    return integer(size || 8, false)
  }
  return integer(8, isSigned(type))
}
