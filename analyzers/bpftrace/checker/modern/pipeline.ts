/**
 * The passes of the modern compiler in its order. All of them run, because an editor wants types also in a program
 * with faults; which findings the compiler would have come to say is told by their stages.
 */
import type { Node, Program } from '../../syntax/ast.ts'
import type { Type } from '../../types/type.ts'
import { checkConfig } from '../config-block.ts'
import type { Environment } from '../environment.ts'
import type { ProbeArguments } from '../probe-arguments.ts'
import { stages } from '../stages.ts'
import { checkDeprecated, checkProbeBuiltins, resolveBuiltins, separateProbes } from './builtins.ts'
import { expandCMacros } from './c-macros.ts'
import { checkCasts } from './casts.ts'
import { collectProgram } from './collect.ts'
import { checkControlFlow } from './control-flow.ts'
import { foldProgram } from './fold.ts'
import { checkImports, checkUnstable } from './imports.ts'
import type { ComptimeExpr, Expr, ProbeIr, ProgramIr } from './ir.ts'
import { lowerProgram } from './lower.ts'
import { expandMacros } from './macros.ts'
import { desugarMaps } from './map-sugar.ts'
import { resolveOptions } from './named-parameters.ts'
import { checkCalls } from './pre-check.ts'
import { type Locks, type MapFacts, type Resolution, typeOf } from './resolution.ts'
import { checkResources } from './resources.ts'
import { createSolver } from './solver.ts'
import { transformProgram } from './transform.ts'
import { checkTypes } from './type-check.ts'
import { checkVariables } from './variables.ts'
import { cloneBlock, everyExpr, rewriteExpr, visitExpr, visitStmtParts } from './walk.ts'

export interface Judgement {
  readonly typeOf: (node: Node) => Type | undefined
  readonly mapType: (name: string) => { readonly key: Type | undefined; readonly value: Type } | undefined
}

/** Rounds of inference: each needs another where types decided something. The compiler stops at 50. */
const maxRounds = 50

export function judgeModern(program: Program, environment: Environment): Judgement {
  const { findings } = environment
  const at = (stage: keyof typeof stages) => {
    findings.stage = stages[stage]
  }
  at('config')
  checkConfig(program, environment)
  checkImports(program, environment)
  const ir = lowerProgram(program, environment)
  at('checkAttachPoints')
  checkProbeNames(ir, environment)
  if (uses(ir, 'typeinfo', 'tseries', 'dw_ustack', 'import')) checkUnstable(ir, environment)
  if (uses(ir, 'while') || [...ir.words].some((word) => word.startsWith('sarg'))) checkDeprecated(ir, environment)
  checkControlFlow(ir, environment)
  at('macros')
  expandMacros(ir, environment)
  at('probeBuiltins')
  checkProbeBuiltins(ir, environment)
  separateProbes(ir, (probe, point) => ({ ...probe, attachPoints: [point], body: cloneBlock(probe.body) }))
  at('folding')
  foldProgram(ir, environment, true)
  at('builtins')
  resolveBuiltins(ir, environment)
  at('cMacros')
  if (environment.types.hasMacros) expandCMacros(ir, environment)
  at('mapSugar')
  const maps: MapFacts = { scalar: new Map(), faults: new Map(), options: new Map() }
  desugarMaps(ir, environment, maps)
  at('namedParameters')
  if (ir.words.has('getopt')) resolveOptions(ir, environment, maps)
  at('preTypeCheck')
  checkVariables(ir, environment)
  checkCalls(ir, environment)
  const resolution = inferTypes(ir, environment, maps)
  // Casts and the last check are one pass of the compiler.
  at('typeCheck')
  checkCasts(ir, resolution)
  checkTypes(ir, resolution)
  at('resources')
  if (uses(ir, 'hist', 'lhist', 'tseries')) checkResources(ir, environment)
  return answers(ir, resolution)
}

/** Tests and benchmarks are told apart by their names, iterators stand alone. */
function checkProbeNames(ir: ProgramIr, environment: Environment): void {
  const seen = new Set<string>()
  for (const { attachPoints } of ir.probes) {
    for (const { provider, target, span } of attachPoints) {
      if (provider === 'iter' && attachPoints.length > 1) environment.findings.report('iter-attach-points', span, {})
      if (provider !== 'test' && provider !== 'bench') continue
      const key = `${provider}:${target}`
      if (seen.has(key)) environment.findings.report('probe-name-duplicate', span, { name: target })
      seen.add(key)
    }
  }
}

/** Whether the program has any of these words; most passes look for one construct only. */
const uses = (ir: ProgramIr, ...words: readonly string[]) => words.some((word) => ir.words.has(word))

function inferTypes(ir: ProgramIr, environment: Environment, maps: MapFacts): Resolution {
  const { findings } = environment
  const argumentsOf = (probe: ProbeIr) => {
    const [point] = probe.attachPoints
    return point && environment.argumentsOf(point)
  }
  findings.stage = stageOf(1)
  foldProgram(ir, environment, false)
  let locks: Locks = { variables: new Map(), keys: new Map(), values: new Map() }
  let pending: readonly ComptimeExpr[] = []
  for (let round = 1; ; round++) {
    const stage = stageOf(round)
    findings.stage = stage
    const resolution = infer(ir, environment, maps, locks, argumentsOf)
    const failed = findings.list.some((finding) => finding.severity === 'error' && finding.stage === stage)
    findings.stage = stages.comptime
    const transformed = transformProgram(ir, environment)
    const changed = foldProgram(ir, environment, false) || transformed
    const comptimes = resolution.comptimes
    const stuck = comptimes.length > 0 && !changed && sameList(comptimes, pending)
    const forgotten = stuck && forgetUndecidable(ir)
    if (stuck && !forgotten) {
      for (const comptime of comptimes) findings.report('comptime-unresolved', comptime.span, {})
    }
    if (failed || (stuck && !forgotten) || round >= maxRounds || (comptimes.length === 0 && !changed)) return resolution
    pending = comptimes
    locks = lockedTypes(resolution, locks)
  }
}

/** Takes out what only a type that nobody knows could decide; true when there was any. */
function forgetUndecidable(ir: ProgramIr): boolean {
  let found = false
  const forget = (expression: Expr): Expr => {
    const decided = expression.kind === 'if' ? expression.condition : expression
    if (decided.kind === 'comptime' && restsOnUnknown(decided)) {
      found = true
      return { kind: 'unknown', span: expression.span, origin: expression.origin }
    }
    rewriteExpr(expression, forget)
    return expression
  }
  for (const root of [...ir.subprograms, ...ir.probes]) rewriteExpr(root.body, forget)
  return found
}

/** Whether a type decides here that nobody knows without the kernel or the headers that the program is for. */
function restsOnUnknown(expression: Expr): boolean {
  if (typeOf(expression).kind === 'unknown') return true
  let found = false
  const look = (child: Expr) => {
    found ||= restsOnUnknown(child)
  }
  visitExpr(expression, look, (statement) => visitStmtParts(statement, look))
  return found
}

/** What the first failing round finds is all that is said. */
const stageOf = (round: number) => stages.types + round / 100

const sameList = <T>(left: readonly T[], right: readonly T[]) =>
  left.length === right.length && left.every((item, i) => item === right[i])

function infer(
  ir: ProgramIr,
  environment: Environment,
  maps: MapFacts,
  locks: Locks,
  argumentsOf: (probe: ProbeIr) => ProbeArguments | undefined,
): Resolution {
  const resolution: Resolution = {
    environment,
    solver: createSolver(),
    maps,
    locks,
    argumentsOf,
    keys: new Map(),
    values: new Map(),
    variables: new Map(),
    fixed: new Set(),
    aggregateArguments: new Map(),
    comptimes: [],
    introspected: { variables: [], maps: new Set() },
    scopes: [],
    root: undefined,
    call: '',
    introspection: 0,
  }
  collectProgram(resolution, ir)
  resolution.solver.solve()
  // A map that only ever counts itself up, or is only printed, holds the smallest integer.
  let again = false
  for (const cell of resolution.values.values()) {
    if (cell.type.kind === 'none') {
      resolution.solver.seed(cell, { kind: 'integer', size: 1, signed: true })
      again = true
    }
  }
  if (again) resolution.solver.solve()
  return resolution
}

/** Types that something was decided by stay as they were. */
function lockedTypes(resolution: Resolution, before: Locks): Locks {
  const locks: Locks = {
    variables: new Map(before.variables),
    keys: new Map(before.keys),
    values: new Map(before.values),
  }
  for (const [scope, name] of resolution.introspected.variables) {
    const type = resolution.variables.get(scope)?.get(name)?.type
    if (!type || type.kind === 'none') continue
    const inScope = new Map(locks.variables.get(scope))
    if (!inScope.has(name)) inScope.set(name, type)
    locks.variables.set(scope, inScope)
  }
  for (const name of resolution.introspected.maps) {
    const key = resolution.keys.get(name)?.type
    const value = resolution.values.get(name)?.type
    if (key && key.kind !== 'none' && !locks.keys.has(name)) locks.keys.set(name, key)
    if (value && value.kind !== 'none' && !locks.values.has(name)) locks.values.set(name, value)
  }
  return locks
}

/** The trees of the passes are let go when types are first asked for: an answer is kept as long as its probes are. */
function answers(ir: ProgramIr, resolution: Resolution): Judgement {
  let pass: { readonly ir: ProgramIr; readonly resolution: Resolution } | undefined = { ir, resolution }
  let facts: Facts | undefined
  const known = (): Facts => {
    facts ??= pass ? factsOf(pass.ir, pass.resolution) : { types: new Map(), maps: new Map() }
    pass = undefined
    return facts
  }
  return {
    typeOf: (node) => known().types.get(node),
    mapType: (name) => known().maps.get(name),
  }
}

interface Facts {
  readonly types: ReadonlyMap<Node, Type>
  readonly maps: ReadonlyMap<string, { readonly key: Type | undefined; readonly value: Type }>
}

function factsOf(ir: ProgramIr, resolution: Resolution): Facts {
  const types = new Map<Node, Type>()
  for (const root of [...ir.subprograms, ...ir.probes]) {
    everyExpr(root.body, (expression) => {
      const type = expression.cell?.type
      // What is said last about an expression stands, also where it is that nobody knows.
      if (expression.origin && type && type.kind !== 'none') types.set(expression.origin, type)
      return undefined
    })
  }
  for (const [node, type] of types) if (type.kind === 'unknown') types.delete(node)
  const maps = new Map<string, { readonly key: Type | undefined; readonly value: Type }>()
  for (const [name, { type: value }] of resolution.values) {
    if (value.kind === 'none' || value.kind === 'unknown') continue
    const key = resolution.maps.scalar.get(name) ? undefined : resolution.keys.get(name)?.type
    maps.set(name, { key: key?.kind === 'none' ? undefined : key, value })
  }
  return { types, maps }
}
