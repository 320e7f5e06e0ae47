/**
 * Maps with and without keys: whether each is a scalar is settled by its first use, bare maps get their default key,
 * and aggregate functions get the map that they are assigned to.
 */
import type { Environment } from '../environment.ts'
import { aggregateFunctions, isAggregateFunction, wholeMapFunctions } from './aggregates.ts'
import type { CallExpr, Expr, MapAccessExpr, MapExpr, ProgramIr, Stmt, TypeRef } from './ir.ts'
import type { MapFacts } from './resolution.ts'
import { everyExpr, rewriteExpr, rewriteStmt } from './walk.ts'

interface Pass {
  readonly environment: Environment
  readonly facts: MapFacts
  readonly postponed: TypeRef[]
  first: boolean
}

export function desugarMaps(program: ProgramIr, environment: Environment, facts: MapFacts): void {
  const pass: Pass = { environment, facts, postponed: [], first: true }
  const roots = [...program.subprograms, ...program.probes]
  for (const root of roots) rewrite(pass, root.body)
  pass.first = false
  for (const type of pass.postponed) keyTypeRef(pass, type)
  const uses = (words: Iterable<string>) => [...words].some((word) => program.words.has(word))
  const aggregates = uses(aggregateFunctions)
  const scalars = uses(scalarQuestions)
  for (const root of roots) {
    if (aggregates) {
      injectMaps(root.body)
      checkAssignments(pass, root.body)
    }
    if (scalars) answerScalars(pass, root.body)
  }
}

/** Functions that ask whether a map has keys. */
const scalarQuestions = ['is_scalar', 'len', 'delete', 'has_key', 'find']

function use(
  pass: Pass,
  map: MapExpr,
  keyed: boolean,
  fault: 'keyed-as-scalar' | 'scalar-as-keyed' | 'scalar-iteration',
): void {
  const { scalar, faults } = pass.facts
  const known = scalar.get(map.name)
  if (known === undefined) scalar.set(map.name, !keyed)
  else if (known === keyed) faults.set(map, fault)
}

const access = (map: MapExpr): MapAccessExpr => ({
  kind: 'map-access',
  span: map.span,
  origin: map.origin,
  map,
  key: { kind: 'integer', span: map.span, value: 0n },
})

/** Gives an expression its default keys; the result stands where it stood. */
function rewrite(pass: Pass, expression: Expr): Expr {
  switch (expression.kind) {
    case 'map':
      use(pass, expression, false, 'keyed-as-scalar')
      return access(expression)
    case 'map-access':
      use(pass, expression.map, true, 'scalar-as-keyed')
      expression.key = rewrite(pass, expression.key)
      return expression
    case 'map-address':
      return expression
    case 'call':
      return rewriteCall(pass, expression)
    case 'sizeof':
    case 'offsetof':
    case 'typeinfo':
    case 'type-argument':
      keyTypeRef(pass, expression.type)
      return expression
    case 'cast':
      expression.operand = rewrite(pass, expression.operand)
      keyTypeRef(pass, expression.type)
      return expression
    case 'block':
      for (const statement of expression.statements) rewriteStatement(pass, statement)
      expression.result = rewrite(pass, expression.result)
      return expression
    default:
      rewriteExpr(expression, (child) => rewrite(pass, child))
      return expression
  }
}

/** `typeof(@m)` of a map with keys means the key; it is judged once it is known which maps have any. */
function keyTypeRef(pass: Pass, type: TypeRef): void {
  if (!type.expression) return
  if (pass.first) {
    pass.postponed.push(type)
    return
  }
  if (type.expression.kind === 'map' && pass.facts.scalar.get(type.expression.name) === false) return
  type.expression = rewrite(pass, type.expression)
}

function rewriteCall(pass: Pass, call: CallExpr): Expr {
  const [first, ...rest] = call.args
  if (wholeMapFunctions.has(call.name) && first) {
    if (first.kind === 'map') {
      // len() of a map wants keys; nothing else here cares.
      if (call.name === 'len' && pass.facts.scalar.get(first.name) === undefined)
        pass.facts.scalar.set(first.name, false)
    } else call.args[0] = rewrite(pass, first)
    rest.forEach((argument, i) => {
      call.args[i + 1] = rewrite(pass, argument)
    })
    return call
  }
  call.args = call.args.map((argument) => rewrite(pass, argument))
  return call
}

function rewriteStatement(pass: Pass, statement: Stmt): void {
  switch (statement.kind) {
    case 'assign-map': {
      const { target } = statement
      if (target.kind === 'map') use(pass, target, false, 'keyed-as-scalar')
      else {
        use(pass, target.map, true, 'scalar-as-keyed')
        target.key = rewrite(pass, target.key)
      }
      statement.value = rewrite(pass, statement.value)
      if (target.kind === 'map') statement.target = access(target)
      return
    }
    case 'declare':
      if (statement.type) keyTypeRef(pass, statement.type)
      return
    case 'assign-variable':
      if (statement.declaration?.type) keyTypeRef(pass, statement.declaration.type)
      statement.value = rewrite(pass, statement.value)
      return
    case 'for': {
      const { iterable } = statement
      if (iterable.kind === 'map') use(pass, iterable, true, 'scalar-iteration')
      else if (iterable.kind === 'range') {
        iterable.start = rewrite(pass, iterable.start)
        iterable.end = rewrite(pass, iterable.end)
      }
      rewrite(pass, statement.body)
      return
    }
    case 'while':
      statement.condition = rewrite(pass, statement.condition)
      rewrite(pass, statement.body)
      return
    case 'unroll':
      statement.count = rewrite(pass, statement.count)
      rewrite(pass, statement.body)
      return
    default:
      rewriteStmt(statement, (child) => rewrite(pass, child))
  }
}

/** `@m[k] = count()` becomes `count(@m, k)`, also where the call is the value of a block. */
function injectMaps(block: Expr): void {
  everyExpr(block, (expression) => {
    if (expression.kind === 'block') {
      expression.statements = expression.statements.map((statement) => {
        if (statement.kind !== 'assign-map' || statement.target.kind !== 'map-access') return statement
        const call = aggregateCall(statement.value)
        if (!call) return statement
        call.args = [statement.target.map, statement.target.key, ...call.args]
        call.injected = 2
        return { kind: 'discard', span: statement.span, expression: statement.value }
      })
    }
    return undefined
  })
}

function aggregateCall(expression: Expr): CallExpr | undefined {
  if (expression.kind === 'block') return aggregateCall(expression.result)
  return expression.kind === 'call' && isAggregateFunction(expression.name) ? expression : undefined
}

function checkAssignments(pass: Pass, block: Expr): void {
  everyExpr(block, (expression) => {
    if (expression.kind === 'call' && isAggregateFunction(expression.name) && expression.injected === 0) {
      pass.environment.findings.report('aggregate-not-assigned', expression.span, { name: expression.name })
    }
    return undefined
  })
}

function answerScalars(pass: Pass, expression: Expr): Expr {
  rewriteExpr(expression, (child) => answerScalars(pass, child))
  if (expression.kind !== 'call' || expression.name !== 'is_scalar') return expression
  const [map] = expression.args
  const { findings } = pass.environment
  if (expression.args.length !== 1 || map?.kind !== 'map') {
    findings.report('map-argument-expected', expression.span, { name: expression.name })
    return { kind: 'unknown', span: expression.span }
  }
  const known = pass.facts.scalar.get(map.name)
  if (known === undefined) {
    findings.report('map-undefined', expression.span, { name: map.name })
    return { kind: 'unknown', span: expression.span }
  }
  return { kind: 'boolean', span: expression.span, value: known }
}
