/**
 * What becomes of expressions once their types are known: sizes and offsets turn into numbers, `typeinfo` into a
 * record of strings, indexing of a tuple into an element, a cast of a literal to `bool` into a boolean.
 */
import { formatKind, formatType } from '../../types/format.ts'
import { compatibleTypes, promoteTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import { boolean, type Type } from '../../types/type.ts'
import type { Environment } from '../environment.ts'
import { isLiteral, truth } from './fold.ts'
import type { BinaryExpr, Expr, OffsetofExpr, ProgramIr } from './ir.ts'
import { typeOf } from './resolution.ts'
import { rewriteExpr } from './walk.ts'

/** True when anything was replaced, so that types have to be worked out anew. */
export function transformProgram(program: ProgramIr, environment: Environment): boolean {
  let changed = false
  const transform = (expression: Expr): Expr => {
    rewriteExpr(expression, transform)
    const made = transformed(expression, environment)
    if (!made) return expression
    changed = true
    return { ...made, origin: expression.origin }
  }
  for (const root of [...program.subprograms, ...program.probes]) rewriteExpr(root.body, transform)
  return changed
}

function transformed(expression: Expr, environment: Environment): Expr | undefined {
  const { span } = expression
  switch (expression.kind) {
    case 'sizeof': {
      const type = typeOf(expression.type)
      if (type.kind === 'none' || type.kind === 'unknown') return undefined
      return { kind: 'integer', span, value: BigInt(sizeOf(type)) }
    }
    case 'offsetof':
      return offset(expression, environment)
    case 'typeinfo': {
      const type = typeOf(expression.type)
      if (type.kind === 'none' || type.kind === 'unknown') return undefined
      return {
        kind: 'record',
        span,
        fields: [
          { name: 'btf_id', value: { kind: 'integer', span, value: 0n } },
          { name: 'base_type', value: { kind: 'string', span, value: formatKind(type) } },
          { name: 'full_type', value: { kind: 'string', span, value: formatType(type) } },
        ],
      }
    }
    case 'index': {
      if (typeOf(expression.object).kind !== 'tuple') return undefined
      if (expression.index.kind === 'integer') {
        return { kind: 'tuple-index', span, object: expression.object, index: Number(expression.index.value) }
      }
      environment.findings.report('tuple-index-literal', span, {})
      return undefined
    }
    case 'cast': {
      if (typeOf(expression).kind !== 'boolean' || !isLiteral(expression.operand)) return undefined
      const value = truth(expression.operand)
      return value === undefined ? undefined : { kind: 'boolean', span: expression.operand.span, value }
    }
    case 'binary':
      return comparison(expression, environment)
    default:
      return undefined
  }
}

function offset(expression: OffsetofExpr, environment: Environment): Expr | undefined {
  let type: Type = typeOf(expression.type)
  let total = 0
  for (const name of expression.path) {
    const field = type.kind === 'c' ? environment.types.field(type, name) : undefined
    if (!field) return undefined
    total += field.offset
    type = field.type
  }
  if (typeOf(expression.type).kind === 'none') return undefined
  return { kind: 'integer', span: expression.span, value: BigInt(total) }
}

/** Tuples and records are compared as memory, once both sides have one type. */
function comparison(expression: BinaryExpr, environment: Environment): Expr | undefined {
  const { left, right, operator, span } = expression
  if (operator !== '==' && operator !== '!=') return undefined
  const [first, second] = [typeOf(left), typeOf(right)]
  if (first.kind !== 'tuple' && first.kind !== 'record') return undefined
  if (!compatibleTypes(first, second)) return undefined
  if (isLiteral(left) && isLiteral(right)) return undefined
  if (promoteTypes(first, second)) {
    return { kind: 'call', span, name: '__memcmp', nameSpan: span, args: [left, right], injected: 0, result: boolean }
  }
  environment.findings.report('comparison-mismatch', span, {
    operator,
    left: formatType(first),
    right: formatType(second),
  })
  return undefined
}
