/**
 * The casts that the compiler puts in by itself: where a value goes into a variable, a map, a key, a parameter or an
 * operator of another type. Some are impossible, some change the value and are warned of.
 */
import { formatType } from '../../types/format.ts'
import { equalTypes, fitsInto, promoteTypes } from '../../types/relations.ts'
import { hasUnknown, int64, isCastableAggregate, none, type Type, uint64 } from '../../types/type.ts'
import { addressSpace } from '../attach-points/attach-point.ts'
import type { Environment } from '../environment.ts'
import { isAggregateFunction } from './aggregates.ts'
import type { BinaryExpr, CallExpr, Expr, ProgramIr, Root, Stmt, SubprogramIr } from './ir.ts'
import { isComparison } from './operators.ts'
import { type Resolution, typeOf } from './resolution.ts'
import { visitExpr, visitStmtParts } from './walk.ts'

interface Pass {
  readonly environment: Environment
  readonly resolution: Resolution
  root: Root | undefined
  readonly visit: (expression: Expr) => void
  readonly visitStatement: (statement: Stmt) => void
}

export function checkCasts(program: ProgramIr, resolution: Resolution): void {
  const pass: Pass = {
    environment: resolution.environment,
    resolution,
    root: undefined,
    visit: (expression) => visit(pass, expression),
    visitStatement: (statement) => visitStatement(pass, statement),
  }
  for (const root of [...program.subprograms, ...program.probes]) {
    pass.root = root
    visit(pass, root.body)
    if (root.kind === 'subprogram') checkEnd(pass, root)
  }
}

/** A function that may run off its end returns nothing there. */
function checkEnd(pass: Pass, subprogram: SubprogramIr): void {
  const returns = typeOf(subprogram.returns)
  if (returns.kind === 'void' || returns.kind === 'none' || hasUnknown(returns)) return
  if (alwaysReturns(subprogram.body)) return
  pass.environment.findings.report('return-type', subprogram.body.span, {
    name: subprogram.name,
    returns: formatType(returns),
    type: 'void',
  })
}

function alwaysReturns(expression: Expr): boolean {
  if (expression.kind === 'if') return alwaysReturns(expression.consequent) && alwaysReturns(expression.alternate)
  if (expression.kind !== 'block') return false
  return (
    alwaysReturns(expression.result) ||
    expression.statements.some(
      (statement) =>
        (statement.kind === 'jump' && statement.keyword === 'return') ||
        (statement.kind === 'expression' && alwaysReturns(statement.expression)),
    )
  )
}

const keyType = (pass: Pass, map: string): Type =>
  pass.resolution.maps.scalar.get(map) ? int64 : (pass.resolution.keys.get(map)?.type ?? none)
const valueType = (pass: Pass, map: string): Type => pass.resolution.values.get(map)?.type ?? none

function visit(pass: Pass, expression: Expr): void {
  visitExpr(expression, pass.visit, pass.visitStatement)
  switch (expression.kind) {
    case 'binary':
      return checkBinary(pass, expression)
    case 'call':
      return checkCall(pass, expression)
    case 'map-access':
      return checkKey(pass, expression)
    case 'if': {
      const result = typeOf(expression)
      for (const branch of [expression.consequent, expression.alternate]) {
        const type = typeOf(branch)
        if (type.kind !== 'none' && !equalTypes(result, type)) castable(pass, branch, type, result)
      }
      return
    }
    default:
      return
  }
}

function visitStatement(pass: Pass, statement: Stmt): void {
  visitStmtParts(statement, pass.visit)
  const { findings } = pass.environment
  switch (statement.kind) {
    case 'assign-map': {
      const { target, value } = statement
      const map = target.kind === 'map' ? target.name : target.map.name
      const [type, current] = [typeOf(value), valueType(pass, map)]
      if (equalTypes(type, current) || castable(pass, value, type, current)) return
      findings.report('map-type-mismatch', statement.span, {
        name: map,
        type: formatType(type),
        current: formatType(current),
      })
      return
    }
    case 'assign-variable': {
      const { variable, value } = statement
      const [type, current] = [typeOf(value), typeOf(variable)]
      if (equalTypes(type, current) || castable(pass, value, type, current)) return
      findings.report('type-mismatch', statement.span, {
        name: variable.name,
        type: formatType(type),
        current: formatType(current),
      })
      return
    }
    case 'jump':
      if (statement.keyword === 'return') checkReturn(pass, statement)
      return
    case 'for': {
      const { iterable } = statement
      if (iterable.kind !== 'range') return
      const [from, to] = [typeOf(iterable.start), typeOf(iterable.end)]
      if (from.kind !== 'integer' || to.kind !== 'integer' || equalTypes(from, to)) return
      const larger = from.size > to.size ? from : to
      castable(pass, iterable.start, from, larger)
      castable(pass, iterable.end, to, larger)
      return
    }
    default:
      return
  }
}

function checkReturn(pass: Pass, statement: Stmt & { kind: 'jump' }): void {
  const { root, environment } = pass
  const { value, span } = statement
  if (root?.kind === 'probe') {
    const type = value ? typeOf(value) : none
    if (value && type.kind === 'integer' && type.size !== 8) castable(pass, value, type, int64)
    return
  }
  if (!root) return
  const returns = typeOf(root.returns)
  if (hasUnknown(returns) || returns.kind === 'none') return
  const type: Type = value ? typeOf(value) : { kind: 'void' }
  const fits = value ? castable(pass, value, type, returns) : returns.kind === 'void'
  if (fits) return
  environment.findings.report('return-type', span, {
    name: root.name,
    returns: formatType(returns),
    type: formatType(type),
  })
}

function checkBinary(pass: Pass, expression: BinaryExpr): void {
  const [left, right] = [typeOf(expression.left), typeOf(expression.right)]
  if (left.kind === 'string' || right.kind === 'string') return
  const target = isComparison(expression.operator) ? promoteTypes(left, right) : typeOf(expression)
  if (!target || left.kind === 'none' || right.kind === 'none') return
  castable(pass, expression.left, left, target)
  castable(pass, expression.right, right, target)
  checkSpaces(pass, expression, left, right, target)
}

/** A cast that the compiler puts in takes the address space of the probe, which may differ from the other side's. */
function checkSpaces(pass: Pass, expression: BinaryExpr, left: Type, right: Type, target: Type): void {
  if (left.kind === 'pointer' || right.kind === 'pointer') return
  const first = pass.root?.kind === 'probe' ? pass.root.attachPoints[0] : undefined
  const fallback = first ? addressSpace(first.provider) : 'kernel'
  const counts = (type: Type) => type.kind === 'integer' || isCastableAggregate(type)
  const isCast = (type: Type) => counts(type) && counts(target) && !equalTypes(type, target)
  // The address space of what is cast comes too late to be compared.
  const after = (type: Type) => (isCast(type) ? (type.space ? undefined : fallback) : type.space)
  const [one, other] = [after(left), after(right)]
  if (one && other && one !== other) {
    pass.environment.findings.report('address-space-mismatch', expression.span, { left: one, right: other })
  }
}

function checkCall(pass: Pass, call: CallExpr): void {
  const [map, key] = call.args
  if (isAggregateFunction(call.name)) {
    if (map?.kind === 'map' && key) castable(pass, key, typeOf(key), keyType(pass, map.name))
  } else if (call.name === 'usym' && map) {
    const type = typeOf(map)
    if (type.kind === 'integer' && type.size !== 8) castable(pass, map, type, uint64)
  }
}

function checkKey(pass: Pass, access: Expr & { kind: 'map-access' }): void {
  const [type, current] = [typeOf(access.key), keyType(pass, access.map.name)]
  if (type.kind === 'none' || current.kind === 'none' || castable(pass, access.key, type, current)) return
  pass.environment.findings.report('map-key-mismatch', access.span, {
    name: access.map.name,
    type: formatType(type),
    current: formatType(current),
  })
}

/** Whether a value can become `target`; on the way it warns where that may change the value. */
function castable(pass: Pass, expression: Expr, type: Type, target: Type): boolean {
  if (equalTypes(type, target) || type.kind === 'unknown' || target.kind === 'unknown') return true
  if (type.kind === 'aggregate' && target.kind === 'aggregate' && type.aggregate === target.aggregate) {
    if (isCastableAggregate(type)) return true
  }
  const counts = (each: Type) => each.kind === 'integer' || isCastableAggregate(each)
  if (counts(type) && counts(target)) return castableInteger(pass, expression, type, target)
  if (type.kind === 'none' || target.kind === 'none') return type.kind === target.kind
  if (type.kind !== target.kind) return false
  switch (type.kind) {
    case 'string':
      return fitsInto(type, target)
    case 'tuple':
      return target.kind === 'tuple' && castableTuple(pass, expression, type, target)
    case 'record':
      return target.kind === 'record' && castableRecord(pass, expression, type, target)
    case 'pointer':
    case 'buffer':
      return true
    default:
      return false
  }
}

function castableTuple(
  pass: Pass,
  expression: Expr,
  type: Type & { kind: 'tuple' },
  target: Type & { kind: 'tuple' },
): boolean {
  const whole = expression.kind === 'block' ? expression.result : expression
  return target.elements.every((element, i) => {
    const part = whole.kind === 'tuple' ? whole.elements[i] : undefined
    return castable(pass, part ?? placed(expression), type.elements[i] ?? none, element)
  })
}

function castableRecord(
  pass: Pass,
  expression: Expr,
  type: Type & { kind: 'record' },
  target: Type & { kind: 'record' },
): boolean {
  return target.fields.every((field) => {
    const own = type.fields.find((candidate) => candidate.name === field.name)
    const part = expression.kind === 'record' ? expression.fields.find((each) => each.name === field.name) : undefined
    return castable(pass, part?.value ?? placed(expression), own?.type ?? none, field.type)
  })
}

/** An element that has no text of its own. */
const placed = (expression: Expr): Expr => ({ kind: 'unknown', span: expression.span })

function castableInteger(pass: Pass, expression: Expr, type: Type, target: Type): boolean {
  if (expression.kind === 'integer') {
    return target.kind !== 'integer' || literalFits(expression.value, target.size, target.signed)
  }
  if (!fitsInto(type, target) && !isCastableAggregate(type)) {
    pass.environment.findings.report('implicit-cast', expression.span, {
      type: formatType(type),
      target: formatType(target),
    })
  }
  return true
}

function literalFits(value: bigint, size: number, signed: boolean): boolean {
  const bits = BigInt(size * 8)
  if (!signed) return value >= 0n && value < 1n << bits
  return value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n)
}
