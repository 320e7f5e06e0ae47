/** Statements: assignments to variables and maps, branches, loops, jumps. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicType } from '../../types/format.ts'
import { equalTypes } from '../../types/relations.ts'
import { sizeOf } from '../../types/size.ts'
import { int64, none, type Type, tuple, unknown } from '../../types/type.ts'
import { noteUse } from './caller.ts'
import { lookUp, namedType, visit } from './expressions.ts'
import { assignMapType, type MapNode, mapName, visitMap } from './maps.ts'
import { fits, grown, sameKind } from './relations.ts'
import { bare, integerLiteral, report, reportLast, type State, since } from './state.ts'

/** @param body The block is that of a probe, where nobody looks for unreachable code. */
export function visitBlock(state: State, block: Ast.Block, body = false): void {
  const scoped = since(state, '0.22')
  if (scoped) state.scopes.push(new Map())
  for (const [i, statement] of block.statements.entries()) {
    visitStatement(state, statement)
    if (statement.kind === 'Jump' && !body && i < block.statements.length - 1) {
      reportLast(state, 'unreachable', statement.span, { what: 'All code after this' })
    }
  }
  if (block.result) visit(state, block.result)
  if (scoped) state.scopes.pop()
}

export function visitStatement(state: State, statement: Ast.Statement): void {
  switch (statement.kind) {
    case 'ExpressionStatement':
      visit(state, statement.expression)
      return
    case 'Assignment':
      return visitAssignment(state, statement)
    case 'VariableDeclaration':
      return visitDeclaration(state, statement)
    case 'Discard':
      visit(state, statement.value)
      return
    case 'Jump':
      if (statement.value) visit(state, statement.value)
      if (statement.keyword !== 'return' && state.loops === 0) {
        report(state, 'jump-disallowed', statement.span, { keyword: statement.keyword, where: 'probe outside a loop' })
      }
      return
    case 'While':
      visit(state, statement.condition)
      state.loops++
      visitBlock(state, statement.body)
      state.loops--
      return
    case 'Unroll':
      return visitUnroll(state, statement)
    case 'For':
      return visitFor(state, statement)
    case 'Import':
    case 'Error':
      return
  }
}

function visitUnroll(state: State, statement: Ast.Unroll): void {
  visit(state, statement.count)
  const count = integerLiteral(state, statement.count)
  if (count === undefined) {
    if (!since(state, '0.18'))
      return report(state, 'unroll-count', statement.span, { problem: 'needs a literal number' })
  } else if (count > 100n) report(state, 'unroll-count', statement.span, { problem: 'goes up to 100' })
  else if (count < 1n) report(state, 'unroll-count', statement.span, { problem: 'starts at 1' })
  visitBlock(state, statement.body)
}

function visitFor(state: State, statement: Ast.For): void {
  const over = bare(statement.iterable)
  const scope = new Map<string, Type>()
  if (over.kind === 'MapReference') {
    const value = visitMap(state, over, true)
    const keys = state.mapKeys.get(over.name) ?? []
    const [only] = keys
    const key = keys.length === 1 && only ? only : tuple([...keys])
    if (statement.variable.kind === 'Variable') {
      scope.set(statement.variable.name, value.kind === 'none' ? unknown : tuple([key, value]))
    }
  } else if (over.kind === 'Range') {
    visit(state, over.start)
    visit(state, over.end)
    if (statement.variable.kind === 'Variable') scope.set(statement.variable.name, int64)
  } else if (statement.variable.kind === 'Variable') scope.set(statement.variable.name, unknown)
  state.scopes.push(scope)
  state.loops++
  visitBlock(state, statement.body)
  state.loops--
  state.scopes.pop()
}

function visitDeclaration(state: State, statement: Ast.VariableDeclaration): void {
  const { variable } = statement
  if (variable.kind !== 'Variable') return
  const declared = statement.type ? (namedType(state, statement.type) ?? unknown) : undefined
  const value = statement.value ? visit(state, statement.value) : undefined
  if (lookUp(state, variable.name) && !state.scopes[state.scopes.length - 1]?.has(variable.name)) {
    report(state, 'variable-redeclared', statement.span, { name: variable.name })
  }
  // What later assignments do to it differs from version to version.
  const kept = declared ?? (value && value.kind !== 'none' && value.kind !== 'integer' ? value : unknown)
  state.scopes[state.scopes.length - 1]?.set(variable.name, kept)
}

function visitAssignment(state: State, statement: Ast.Assignment): void {
  const target = bare(statement.target)
  if (target.kind === 'Variable') assignVariable(state, statement, target)
  else if (target.kind === 'MapReference' || target.kind === 'MapAccess') assignMap(state, statement, target)
  else visit(state, statement.value)
}

/** The right side: with a compound operator, the operation on both sides. */
function valueType(state: State, statement: Ast.Assignment): Type {
  if (statement.operator === '=') return visit(state, statement.value)
  return visit(state, {
    kind: 'Binary',
    span: statement.span,
    firstToken: statement.firstToken,
    lastToken: statement.lastToken,
    operator: statement.operator.slice(0, -1) as Ast.BinaryOperator,
    operatorSpan: statement.operatorSpan,
    left: statement.target,
    right: statement.value,
  })
}

function assignMap(state: State, statement: Ast.Assignment, target: MapNode): void {
  const { span } = statement
  noteUse(statement.value, 'map', mapName(target))
  if (target.kind === 'MapAccess') for (const key of target.keys) noteUse(key, 'key')
  if (statement.operator === '=') visitMapTarget(state, target)
  else visitMap(state, target)
  const type = valueType(state, statement)
  const name = mapName(target)
  assignMapType(state, target, name, type)
  const current = state.mapValues.get(name) ?? none
  if (type.kind === 'unknown' || current.kind === 'unknown') return
  if (type.kind === 'c') {
    if (current.kind === 'c' && current.name !== type.name) {
      report(state, 'map-type-mismatch', span, { name, type: type.name, current: current.name })
    } else if (!current.internal) state.mapValues.set(name, { ...type, internal: true })
  } else if (type.kind === 'string' || type.kind === 'buffer') {
    checkSize(state, statement, type, current, true)
  } else if (type.context && !since(state, '0.18')) {
    report(state, 'map-value-invalid', span, {
      name,
      type: formatClassicType(type),
      hint: 'the context cannot be kept',
    })
  } else if (type.kind === 'tuple') {
    if (!fits(type, current)) misfit(state, statement, 'Tuple type', current, type)
  } else if (type.kind === 'array') {
    if (equalTypes(current, type)) state.mapValues.set(name, { ...type, internal: true })
    else
      report(state, 'aggregate-size', span, {
        what: 'Array type',
        held: formatClassicType(current),
        given: formatClassicType(type),
      })
  }
  if (type.kind === 'none') reportLast(state, 'assignment-invalid', statement.value.span, {})
}

/** A map on the left side may be one that nobody has seen yet. */
function visitMapTarget(state: State, target: MapNode): void {
  const final = state.final
  state.final = final && state.mapValues.has(mapName(target))
  visitMap(state, target)
  state.final = final
}

function misfit(state: State, statement: Ast.Assignment, what: string, held: Type, given: Type): void {
  if (since(state, '0.18')) return
  reportLast(state, 'aggregate-size', statement.span, {
    what,
    held: formatClassicType(held),
    given: formatClassicType(given),
  })
}

function checkSize(state: State, statement: Ast.Assignment, type: Type, current: Type, map: boolean): void {
  const [held, given] = [sizeOf(current), sizeOf(type)]
  if (current.kind !== type.kind || held === given) return
  const what = type.kind === 'string' ? 'String' : 'Buffer'
  if (held < given) report(state, 'size-mismatch', statement.span, { what, held, given })
  else if (type.kind === 'buffer' && map && !since(state, '0.18')) {
    report(state, 'aggregate-size', statement.span, { what: 'Buffer size', held: String(held), given: String(given) })
  }
}

function assignVariable(state: State, statement: Ast.Assignment, target: Ast.Variable): void {
  const { span } = statement
  const { name } = target
  noteUse(statement.value, 'variable')
  const type = valueType(state, statement)
  const value = bare(statement.value)
  if (value.kind === 'Identifier' && value.name === 'args' && type.arguments && !since(state, '0.18')) {
    const [first] = state.points
    if (first?.provider !== 'tracepoint') report(state, 'variable-value-invalid', span, { type: 'args' })
  }
  const scope = state.scopes.find((each) => each.has(name)) ?? state.scopes[state.scopes.length - 1]
  if (!scope) return
  const current = scope.get(name)
  if (!current || current.kind === 'none') {
    if (current && state.final && type.kind === 'none') report(state, 'variable-undeclared', span, { name })
    scope.set(name, type)
    state.changed ||= !current || type.kind !== 'none'
  } else if (current.kind === 'unknown' || type.kind === 'unknown') {
    scope.set(name, unknown)
  } else if (current.kind === type.kind && (type.kind === 'string' || type.kind === 'tuple')) {
    const larger = grown(current, type)
    if (!equalTypes(larger, current)) {
      scope.set(name, larger)
      state.changed = true
    }
  } else if (!sameKind(current, type)) {
    if (type.kind === 'none' && !state.final) return
    if (since(state, '0.18') && numeric(current) && numeric(type)) return
    report(state, 'type-mismatch', span, { name, type: formatClassicType(type), current: formatClassicType(current) })
  }
  const stored = scope.get(name) ?? none
  if (type.kind === 'string' || type.kind === 'buffer') checkSize(state, statement, type, stored, false)
  else if (type.kind === 'tuple' && !fits(type, stored)) misfit(state, statement, 'Tuple type', stored, type)
  if (type.kind === 'none') reportLast(state, 'assignment-invalid', statement.value.span, {})
}

const numeric = (type: Type) => ['integer', 'boolean', 'aggregate'].includes(type.kind)
