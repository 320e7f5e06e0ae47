/** The rules by which the types of a program follow from each other: statements, scopes and the simple expressions. */
import { formatKind, formatType } from '../../types/format.ts'
import { promoteTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import {
  boolean,
  int64,
  isCastableAggregate,
  isMultiKeyAggregate,
  literalType,
  none,
  pointer,
  record,
  string,
  type Type,
  tuple,
  uint8,
  uint64,
  unknown,
} from '../../types/type.ts'
import { aggregateHints } from './aggregates.ts'
import { collectCast, collectField, collectIndex, collectTypeRef, fieldsOf } from './collect-access.ts'
import { collectBuiltin, collectIdentifier } from './collect-builtins.ts'
import { collectCall } from './collect-calls.ts'
import type { AssignMapStmt, AssignVariableStmt, BlockExpr, DeclareStmt, Expr, ForStmt, ProgramIr, Stmt } from './ir.ts'
import { binaryType, unaryType } from './operators.ts'
import {
  assignToMap,
  assignToVariable,
  cellFor,
  derive,
  findVariable,
  isAssignable,
  keyCell,
  keyIntoMap,
  type Resolution,
  valueCell,
  variableCell,
  writtenType,
} from './resolution.ts'

export function collectProgram(resolution: Resolution, program: ProgramIr): void {
  for (const subprogram of program.subprograms) {
    resolution.root = subprogram
    resolution.scopes.push(subprogram)
    for (const { variable, type } of subprogram.parameters) {
      const known = type.written && writtenType(resolution, type.written, type.span)
      const { cell } = variableCell(resolution, variable.name)
      if (type.expression) {
        resolution.fixed.add(cell)
        collectTypeRef(resolution, type)
        if (type.cell) resolution.solver.same(type.cell, cell)
      } else if (known) {
        type.cell = resolution.solver.cell()
        resolution.solver.seed(type.cell, known)
        resolution.solver.seed(cell, known)
        if (sizeOf(known) !== 0) resolution.fixed.add(cell)
      }
      collect(resolution, variable)
    }
    collectBlock(resolution, subprogram.body)
    collectTypeRef(resolution, subprogram.returns)
    resolution.scopes.pop()
  }
  for (const probe of program.probes) {
    resolution.root = probe
    collectBlock(resolution, probe.body)
  }
}

export function collectBlock(resolution: Resolution, block: BlockExpr): void {
  block.cell = resolution.solver.cell()
  resolution.scopes.push(block)
  for (const statement of block.statements) collectStatement(resolution, statement)
  collect(resolution, block.result)
  resolution.solver.same(cellFor(resolution, block.result), block.cell)
  resolution.scopes.pop()
}

function collectStatement(resolution: Resolution, statement: Stmt): void {
  switch (statement.kind) {
    case 'expression':
    case 'discard':
      return collect(resolution, statement.expression)
    case 'declare':
      return collectDeclaration(resolution, statement)
    case 'assign-variable':
      return collectAssignment(resolution, statement)
    case 'assign-map':
      return collectMapAssignment(resolution, statement)
    case 'jump':
      if (statement.value) collect(resolution, statement.value)
      return
    case 'while':
      collect(resolution, statement.condition)
      return collectBlock(resolution, statement.body)
    case 'unroll':
      collect(resolution, statement.count)
      return collectBlock(resolution, statement.body)
    case 'for':
      return collectFor(resolution, statement)
    case 'import':
      return
  }
}

function collectDeclaration(resolution: Resolution, statement: DeclareStmt): void {
  const { type, variable } = statement
  if (type) {
    const known = type.written && writtenType(resolution, type.written, type.span)
    if (type.written && !known) {
      // The compiler does not get any further; what the variable holds is anybody's guess.
      const { cell } = variableCell(resolution, variable.name)
      resolution.solver.seed(cell, unknown)
    } else {
      const { cell } = variableCell(resolution, variable.name)
      if (known) {
        type.cell = resolution.solver.cell()
        resolution.solver.seed(type.cell, known)
        resolution.solver.seed(cell, known)
        if (sizeOf(known) !== 0) resolution.fixed.add(cell)
      } else {
        resolution.fixed.add(cell)
        collectTypeRef(resolution, type)
        if (type.cell) resolution.solver.same(type.cell, cell)
      }
    }
  }
  collect(resolution, variable)
}

function collectAssignment(resolution: Resolution, statement: AssignVariableStmt): void {
  collect(resolution, statement.value)
  if (statement.declaration) collectDeclaration(resolution, statement.declaration)
  collect(resolution, statement.variable)
  const { name } = statement.variable
  const target = variableCell(resolution, name)
  if (resolution.fixed.has(target.cell)) return
  resolution.solver.rule(target.cell, [cellFor(resolution, statement.value)], ([type = none]) => {
    if (!isAssignable(type, target.cell.type)) {
      resolution.environment.findings.report('variable-value-invalid', statement.span, { type: formatType(type) })
      return none
    }
    return assignToVariable(resolution, target, name, type, statement.span)
  })
}

function collectMapAssignment(resolution: Resolution, statement: AssignMapStmt): void {
  const { target } = statement
  if (resolution.introspection > 0) {
    const { name } = target.kind === 'map' ? target : target.map
    resolution.environment.findings.report('assignment-in-type', statement.span, { name })
  }
  collect(resolution, target)
  collect(resolution, statement.value)
  const map = target.kind === 'map' ? target.name : target.map.name
  const output = valueCell(resolution, map)
  resolution.solver.rule(output, [cellFor(resolution, statement.value)], ([type = none]) => {
    if (isAssignable(type, output.type, true)) return assignToMap(resolution, map, type, statement.span)
    const hint = type.kind === 'aggregate' ? aggregateHints[type.aggregate] : undefined
    resolution.environment.findings.report('map-value-invalid', statement.span, {
      name: map,
      type: formatType(type),
      hint: hint ? `call the function directly, as in \`${map} = ${hint}\`` : '',
    })
    return none
  })
}

function collectFor(resolution: Resolution, statement: ForStmt): void {
  const { iterable, variable } = statement
  const { findings } = resolution.environment
  if (iterable.kind === 'map' && resolution.maps.faults.get(iterable) === 'scalar-iteration') {
    findings.report('scalar-map-iteration', iterable.span, { name: iterable.name })
  }
  resolution.scopes.push(statement)
  collect(resolution, variable)
  const { cell } = variableCell(resolution, variable.name)
  if (iterable.kind === 'map') {
    collect(resolution, iterable)
    const inputs = [keyCell(resolution, iterable.name), valueCell(resolution, iterable.name)]
    derive(resolution, cell, inputs, (key = unknown, value = unknown) => {
      const uncountable = value.kind === 'aggregate' && (isMultiKeyAggregate(value) || !isCastableAggregate(value))
      if (uncountable) findings.report('iteration-type', iterable.span, { type: formatType(value) })
      return tuple([key, value])
    })
  } else if (iterable.kind === 'range') {
    const { start, end } = iterable
    collect(resolution, start)
    collect(resolution, end)
    derive(resolution, cell, [cellFor(resolution, start), cellFor(resolution, end)], (from = unknown, to = unknown) => {
      if (from.kind !== 'integer')
        findings.report('range-type', iterable.span, { end: 'start', type: formatType(from) })
      if (to.kind !== 'integer') findings.report('range-type', iterable.span, { end: 'end', type: formatType(to) })
      if (from.kind !== 'integer' || to.kind !== 'integer' || from.size === to.size) return from
      return promoteTypes(from, to) ?? from
    })
  } else {
    resolution.solver.seed(cell, unknown)
  }
  collectBlock(resolution, statement.body)
  resolution.scopes.pop()
}

export function collect(resolution: Resolution, expression: Expr): void {
  const { solver } = resolution
  expression.cell = solver.cell()
  const { cell } = expression
  switch (expression.kind) {
    case 'integer':
      return solver.seed(cell, literalType(expression.value))
    case 'boolean':
      return solver.seed(cell, boolean)
    case 'string':
      return solver.seed(cell, { ...string(utf8Length(expression.value) + 1), space: 'kernel' })
    case 'none':
      return
    case 'unknown':
      return solver.seed(cell, unknown)
    case 'identifier':
      return collectIdentifier(resolution, expression)
    case 'builtin':
      return collectBuiltin(resolution, expression)
    case 'call':
      return collectCall(resolution, expression)
    case 'variable': {
      const found = variableCell(resolution, expression.name)
      solver.same(found.cell, cell)
      if (resolution.introspection > 0 && found.scope) {
        resolution.introspected.variables.push([found.scope, expression.name])
      }
      return
    }
    case 'variable-address':
      collect(resolution, expression.variable)
      return derive(resolution, cell, [cellFor(resolution, expression.variable)], (type = unknown) =>
        pointer(type, 'kernel'),
      )
    case 'map':
      return collectMap(resolution, expression)
    case 'map-address':
      collectMap(resolution, expression.map)
      return derive(resolution, cell, [valueCell(resolution, expression.map.name)], (type = unknown) =>
        pointer(type, 'kernel'),
      )
    case 'map-access':
      return collectMapAccess(resolution, expression)
    case 'parameter':
      return solver.seed(cell, int64)
    case 'parameter-count':
      return solver.seed(cell, uint64)
    case 'binary':
      collect(resolution, expression.left)
      collect(resolution, expression.right)
      return derive(
        resolution,
        cell,
        [cellFor(resolution, expression.left), cellFor(resolution, expression.right)],
        (left = unknown, right = unknown) => binaryType(resolution.environment.findings, expression, left, right),
      )
    case 'unary':
      return collectUnary(resolution, expression)
    case 'field':
      return collectField(resolution, expression)
    case 'index':
      return collectIndex(resolution, expression)
    case 'tuple-index':
      collect(resolution, expression.object)
      return derive(resolution, cell, [cellFor(resolution, expression.object)], (type = unknown) =>
        type.kind === 'tuple' ? (type.elements[expression.index] ?? none) : none,
      )
    case 'cast':
      return collectCast(resolution, expression)
    case 'tuple':
      for (const element of expression.elements) collect(resolution, element)
      if (expression.elements.length === 0) return
      return solver.rule(
        cell,
        expression.elements.map((element) => cellFor(resolution, element)),
        (types) => tuple(types),
      )
    case 'record':
      for (const field of expression.fields) collect(resolution, field.value)
      return solver.rule(
        cell,
        expression.fields.map((field) => cellFor(resolution, field.value)),
        (types) => record(expression.fields.map((field, i) => ({ name: field.name, type: types[i] ?? unknown }))),
      )
    case 'if':
      return collectIf(resolution, expression)
    case 'block':
      return collectBlock(resolution, expression)
    case 'sizeof':
    case 'offsetof':
      collectTypeRef(resolution, expression.type)
      if (expression.type.cell) {
        // The smallest integer, until the value itself is known.
        solver.rule(cell, [expression.type.cell], ([type = unknown]) =>
          type.kind === 'unknown'
            ? unknown
            : expression.kind === 'sizeof'
              ? uint8
              : offsetType(resolution, expression, type),
        )
      }
      return
    case 'typeinfo':
      resolution.introspection++
      collectTypeRef(resolution, expression.type)
      resolution.introspection--
      if (expression.type.cell) derive(resolution, cell, [expression.type.cell], (type = unknown) => typeinfoType(type))
      return
    case 'comptime':
      collect(resolution, expression.operand)
      resolution.comptimes.push(expression)
      return
    case 'type-argument':
      return solver.seed(cell, unknown)
  }
}

function typeinfoType(type: Type): Type {
  return {
    kind: 'record',
    fields: [
      { name: 'btf_id', type: uint64 },
      { name: 'base_type', type: string(formatKind(type).length + 1) },
      { name: 'full_type', type: string(formatType(type).length + 1) },
    ],
  }
}

function offsetType(resolution: Resolution, expression: Expr & { kind: 'offsetof' }, type: Type): Type {
  const { findings, types } = resolution.environment
  let current = type
  for (const name of expression.path) {
    if (current.kind === 'unknown') return unknown
    if (current.kind !== 'c') {
      findings.report('offset-field', expression.span, { problem: `${formatType(current)} is no C type` })
      return none
    }
    const field = types.field(current, name)
    if (!field) {
      findings.report('offset-field', expression.span, {
        problem: `${current.name} has no field named "${name}"`,
        name,
        candidates: fieldsOf(current),
      })
      return none
    }
    current = field.type
  }
  return uint8
}

export function collectMap(resolution: Resolution, expression: Expr & { kind: 'map' }): void {
  const { environment, maps, solver } = resolution
  if (maps.faults.get(expression) === 'keyed-as-scalar') {
    environment.findings.report('keyed-map-without-key', expression.span, { name: expression.name })
    return
  }
  const value = valueCell(resolution, expression.name)
  const option = maps.options.get(expression.name)
  if (option) {
    solver.seed(value, option)
    solver.seed(keyCell(resolution, expression.name), int64)
  }
  if (resolution.introspection > 0) resolution.introspected.maps.add(expression.name)
}

function collectMapAccess(resolution: Resolution, expression: Expr & { kind: 'map-access' }): void {
  const { findings } = resolution.environment
  const { map, key } = expression
  collect(resolution, map)
  collect(resolution, key)
  if (resolution.maps.faults.get(map) === 'scalar-as-keyed') {
    findings.report('scalar-map-with-key', expression.span, { name: map.name })
    return
  }
  const output = keyCell(resolution, map.name)
  resolution.solver.rule(output, [cellFor(resolution, key)], ([type = none]) => {
    if (!isAssignable(type, output.type)) {
      findings.report('map-key-invalid', expression.span, { type: formatType(type) })
      return none
    }
    return keyIntoMap(resolution, map.name, type, expression.span)
  })
  resolution.solver.same(valueCell(resolution, map.name), cellFor(resolution, expression))
}

function collectUnary(resolution: Resolution, expression: Expr & { kind: 'unary' }): void {
  const { solver } = resolution
  const { operand, operator, span } = expression
  const cell = cellFor(resolution, expression)
  collect(resolution, operand)
  const input = cellFor(resolution, operand)
  if (operator !== '++' && operator !== '--') {
    derive(resolution, cell, [input], (type = unknown) => unaryType(resolution.environment.findings, expression, type))
    return
  }
  const counted = (type: Type): Type => {
    if (type.kind === 'unknown') return unknown
    const signed = (type.kind === 'integer' || type.kind === 'aggregate') && type.signed
    return signed || operator === '--' ? int64 : uint64
  }
  if (operand.kind === 'map-access') {
    const { name } = operand.map
    const value = valueCell(resolution, name)
    solver.rule(value, [cell], ([type = none]) =>
      value.type.kind === 'pointer' ? value.type : assignToMap(resolution, name, type, span),
    )
    solver.rule(cell, [input], ([type = none]) => counted(type))
  } else if (operand.kind === 'variable') {
    const found = findVariable(resolution, operand.name)
    if (!found) return
    solver.rule(found.cell, [cell], ([type = none]) => {
      if (resolution.fixed.has(found.cell)) return none
      if (found.cell.type.kind === 'pointer') return found.cell.type
      return assignToVariable(resolution, found, operand.name, type, span)
    })
    solver.rule(cell, [input], ([type = none]) =>
      resolution.fixed.has(found.cell) || found.cell.type.kind === 'pointer' ? found.cell.type : counted(type),
    )
  } else {
    // The parser lets nothing else through.
    solver.seed(cell, unknown)
  }
}

function collectIf(resolution: Resolution, expression: Expr & { kind: 'if' }): void {
  const { condition, consequent, alternate } = expression
  const cell = cellFor(resolution, expression)
  if (condition.kind === 'comptime') {
    // Which branch there is shows only once the condition is known.
    collect(resolution, condition.operand)
    resolution.comptimes.push(condition)
    return
  }
  collect(resolution, condition)
  collect(resolution, consequent)
  collect(resolution, alternate)
  const join = (type: Type): Type => {
    const promoted = promoteTypes(cell.type, type)
    if (promoted) return promoted
    resolution.environment.findings.report('branch-types', expression.span, {
      left: formatType(cell.type),
      right: formatType(type),
    })
    return none
  }
  resolution.solver.rule(cell, [cellFor(resolution, consequent)], ([type = none]) => join(type))
  resolution.solver.rule(cell, [cellFor(resolution, alternate)], ([type = none]) => join(type))
}

function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}
