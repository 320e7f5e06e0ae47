/** The last look: every expression has its type now, and each must make sense where it stands. */

import { formatKind, formatType } from '../../types/format.ts'
import { compatibleTypes, equalTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import {
  hasUnknown,
  int64,
  isCastableAggregate,
  isFlexible,
  isMultiKeyAggregate,
  none,
  type Type,
} from '../../types/type.ts'
import { atLeast } from '../../version.ts'
import type { Environment } from '../environment.ts'
import { checkCallTypes } from './check-calls.ts'
import { checkCast } from './check-cast.ts'
import type { BinaryExpr, BuiltinExpr, Expr, ForStmt, IndexExpr, ProgramIr, Root, Stmt, TypeRef } from './ir.ts'
import { isNumeric } from './operators.ts'
import { type Resolution, typeOf } from './resolution.ts'
import { everyExpr, visitExpr, visitStmtParts, visitTypeRef } from './walk.ts'

export interface Check {
  readonly environment: Environment
  readonly resolution: Resolution
  readonly usedMaps: Set<string>
  readonly declaredMaps: ReadonlyMap<string, string>
  root: Root | undefined
  loops: number
  readonly visit: (expression: Expr) => void
  readonly visitStatement: (statement: Stmt) => void
}

export function checkTypes(program: ProgramIr, resolution: Resolution): void {
  const { environment } = resolution
  const check: Check = {
    environment,
    resolution,
    usedMaps: new Set(),
    declaredMaps: new Map(program.mapDeclarations.map((declaration) => [declaration.map, declaration.type])),
    root: undefined,
    loops: 0,
    visit: (expression) => visit(check, expression),
    visitStatement: (statement) => visitStatement(check, statement),
  }
  for (const { type, typeSpan } of program.mapDeclarations) {
    if (!mapKinds.has(type)) environment.findings.report('map-type-unknown', typeSpan, { name: type })
  }
  for (const subprogram of program.subprograms) {
    check.root = subprogram
    visit(check, subprogram.body)
    for (const { type } of subprogram.parameters) visitTypeRef(type, (child) => visit(check, child))
    visitTypeRef(subprogram.returns, (child) => visit(check, child))
  }
  for (const probe of program.probes) {
    check.root = probe
    visit(check, probe.body)
  }
  for (const declaration of program.mapDeclarations) {
    if (!check.usedMaps.has(declaration.map)) {
      environment.findings.report('map-unused', declaration.span, { name: declaration.map })
    }
  }
}

/** Kinds of maps that a declaration can ask for, and which values each can hold. */
const mapKinds = new Set(['hash', 'lruhash', 'percpuhash', 'percpulruhash'])

export function visit(check: Check, expression: Expr): void {
  const { findings } = check.environment
  switch (expression.kind) {
    case 'identifier': {
      const special = ['curr_ns', 'init', 'current_pid', 'current_tid'].includes(expression.name)
      // Which names the library of older versions is written with is not known here.
      const internal = expression.name.startsWith('__builtin_') && !atLeast(check.environment.version, '0.27')
      if (!special && !internal && typeOf(expression).kind === 'none') {
        findings.report('identifier-unknown', expression.span, { name: expression.name })
      }
      return
    }
    case 'call':
      for (const argument of expression.args) visit(check, argument)
      return checkCallTypes(check, expression)
    case 'map':
      return visitMap(check, expression)
    case 'variable':
      if (typeOf(expression).kind === 'none')
        findings.report('type-unresolved', expression.span, { name: expression.name })
      return
    case 'variable-address':
      if (typeOf(expression).kind === 'none') {
        findings.report('type-unresolved', expression.span, { name: expression.variable.name })
      }
      return
    case 'map-access':
      visitMap(check, expression.map)
      visit(check, expression.key)
      return visitKey(check, expression)
    case 'map-address':
      return visitMap(check, expression.map)
    case 'sizeof':
    case 'offsetof':
    case 'typeinfo':
      return visitRef(check, expression.type)
    default:
      visitExpr(expression, check.visit, check.visitStatement)
  }
  switch (expression.kind) {
    case 'binary':
      return visitBinary(check, expression)
    case 'index':
      return visitIndex(check, expression)
    case 'tuple-index': {
      const type = typeOf(expression.object)
      if (hasUnknown(type) && type.kind !== 'tuple') return
      if (type.kind !== 'tuple') {
        findings.report('tuple-access', expression.span, { index: expression.index, type: formatType(type) })
      } else if (expression.index >= type.elements.length) {
        findings.report('tuple-index', expression.span, { index: expression.index, length: type.elements.length })
      }
      return
    }
    case 'cast':
      return checkCast(check.environment, expression)
    case 'tuple':
      for (const element of expression.elements) contained(check, element, 'tuple')
      return
    case 'record':
      for (const field of expression.fields) contained(check, field.value, 'record')
      return
    case 'if': {
      const { kind } = typeOf(expression.condition)
      if (!['integer', 'pointer', 'boolean', 'unknown'].includes(kind)) {
        // Strings count as conditions since 0.27 only where they are literals, which are folded by now.
        findings.report('condition-invalid', expression.span, { type: formatKind(typeOf(expression.condition)) })
      }
      return
    }
    default:
      return
  }
}

function visitRef(check: Check, type: TypeRef): void {
  visitTypeRef(type, (child) => {
    if (child.kind !== 'map') visit(check, child)
    else visitMap(check, child)
  })
}

function contained(check: Check, element: Expr, where: string): void {
  const type = typeOf(element)
  if (isMultiKeyAggregate(type)) {
    check.environment.findings.report('aggregate-contained', element.span, { type: formatType(type), where })
  }
}

function visitMap(check: Check, map: Expr & { kind: 'map' }): void {
  const { findings } = check.environment
  check.usedMaps.add(map.name)
  const value = check.resolution.values.get(map.name)?.type ?? none
  const key = check.resolution.maps.scalar.get(map.name) ? int64 : (check.resolution.keys.get(map.name)?.type ?? none)
  if (value.kind === 'none' || key.kind === 'none') {
    findings.report('map-undefined', map.span, { name: map.name })
  }
  const declared = check.declaredMaps.get(map.name)
  if (declared && mapKinds.has(declared) && !mapHolds(declared, value)) {
    findings.report('map-type-incompatible', map.span, { name: map.name, declared, type: formatType(value) })
  }
}

/** Aggregates live in maps per CPU, everything else in maps that all CPUs share. */
function mapHolds(kind: string, value: Type): boolean {
  if (value.kind === 'none' || value.kind === 'unknown') return true
  return value.kind === 'aggregate' ? kind.startsWith('percpu') : !kind.startsWith('percpu')
}

function visitKey(check: Check, access: Expr & { kind: 'map-access' }): void {
  const { findings } = check.environment
  const type = typeOf(access.key)
  const parts = type.kind === 'tuple' ? [type, ...type.elements] : [type]
  for (const part of parts) {
    if (part.kind === 'pointer' && part.context) findings.report('context-in-key', access.key.span, {})
    if (part.kind === 'aggregate' && !isCastableAggregate(part)) {
      findings.report('map-key-invalid', access.key.span, { type: formatType(part) })
    }
  }
  if (type.kind === 'none' || type.kind === 'void') {
    findings.report('map-key-invalid', access.key.span, { type: formatType(type) })
  }
}

function visitBinary(check: Check, expression: BinaryExpr): void {
  const { findings } = check.environment
  const [left, right] = [typeOf(expression.left), typeOf(expression.right)]
  const { operator, span } = expression
  if (left.kind === 'unknown' || right.kind === 'unknown') return
  if ((isNumeric(left) && isNumeric(right)) || left.kind === 'pointer' || right.kind === 'pointer') return
  const equality = operator === '==' || operator === '!='
  if (left.kind === 'array' && right.kind === 'array') {
    if (!equality) findings.report('operator-invalid', span, { operator, types: 'arrays' })
    if (left.length !== right.length || left.of.kind !== 'integer' || !equalTypes(left, right)) {
      findings.report('array-comparison', span, {})
    }
    return
  }
  const [first, second] = [formatType(left), formatType(right)]
  if (!compatibleTypes(left, right))
    findings.report('comparison-mismatch', span, { operator, left: first, right: second })
  else if (!equality) findings.report('operator-invalid', span, { operator, types: `${first}, ${second}` })
}

function visitIndex(check: Check, expression: IndexExpr): void {
  const { findings } = check.environment
  const type = typeOf(expression.object)
  const { index, span } = expression
  if (type.kind === 'unknown') return
  if (type.kind === 'pointer' && sizeOf(type.to) === 0 && !hasUnknown(type)) {
    findings.report('index-unsized', span, {})
  }
  if (index.kind === 'integer' && index.value >= 0n) {
    const length = type.kind === 'array' ? type.length : type.kind === 'string' ? type.size : 0
    if (length !== 0 && index.value >= BigInt(length)) {
      findings.report('index-out-of-bounds', span, { index: String(index.value), length })
    }
    return
  }
  const by = typeOf(index)
  if (by.kind === 'unknown') return
  if (by.kind !== 'integer' || (by.signed && !isFlexible(by))) {
    findings.report('index-type', span, { type: formatType(by) })
  }
}

function visitStatement(check: Check, statement: Stmt): void {
  const { findings } = check.environment
  switch (statement.kind) {
    case 'expression': {
      visit(check, statement.expression)
      const { expression } = statement
      const type = typeOf(expression)
      const counts = expression.kind === 'unary' && (expression.operator === '++' || expression.operator === '--')
      if (!counts && !['none', 'void', 'unknown'].includes(type.kind)) {
        findings.report('discarded-value', statement.span, {})
      }
      return
    }
    case 'assign-variable': {
      visit(check, statement.value)
      if (statement.declaration) checkDeclaration(check, statement.declaration)
      if (typeOf(statement.variable).kind === 'none') findings.report('assignment-invalid', statement.span, {})
      return
    }
    case 'declare':
      return checkDeclaration(check, statement)
    case 'jump': {
      if (!statement.value) return
      visit(check, statement.value)
      const type = typeOf(statement.value)
      if (check.root?.kind === 'probe' && type.kind !== 'integer' && type.kind !== 'unknown') {
        findings.report('probe-return', statement.span, { type: formatType(type) })
      }
      return
    }
    case 'while':
      visit(check, statement.condition)
      check.loops++
      visit(check, statement.body)
      check.loops--
      return
    case 'for':
      return visitFor(check, statement)
    default:
      visitStmtParts(statement, check.visit)
  }
}

function checkDeclaration(check: Check, statement: Stmt & { kind: 'declare' }): void {
  const { type } = statement
  if (!type) return
  visitTypeRef(type, (child) => visit(check, child))
  const declared = typeOf(type)
  if (declared.kind === 'aggregate' || declared.kind === 'void') {
    check.environment.findings.report('declaration-type', type.span, { type: formatType(declared) })
  } else if (declared.kind === 'none') {
    check.environment.findings.report('type-unresolved', type.span, { name: statement.variable.name })
  }
}

function visitFor(check: Check, statement: ForStmt): void {
  if (statement.iterable.kind === 'map') visitMap(check, statement.iterable)
  else if (statement.iterable.kind === 'range') {
    visit(check, statement.iterable.start)
    visit(check, statement.iterable.end)
  }
  check.loops++
  visit(check, statement.body)
  check.loops--
  // The body is a function of its own, to which the context of the probe does not come along.
  everyExpr(statement.body, (expression) => {
    if (expression.kind === 'builtin' && typeOf(expression).context) forbidden(check, expression)
    return undefined
  })
}

function forbidden(check: Check, expression: BuiltinExpr): void {
  check.environment.findings.report('builtin-in-loop', expression.span, { name: expression.name })
}
