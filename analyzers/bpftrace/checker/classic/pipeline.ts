/** The compiler before 0.24: attach points, then the semantic analysis in up to ten rounds. */
import type { Node, Probe, Program } from '../../syntax/ast.ts'
import { formatClassicKind } from '../../types/format.ts'
import { type Type, tuple } from '../../types/type.ts'
import type { AttachPoint } from '../attach-points/attach-point.ts'
import { parseAttachPoints } from '../attach-points/parse.ts'
import { checkConfig } from '../config-block.ts'
import type { Environment } from '../environment.ts'
import type { Judgement } from '../modern/pipeline.ts'
import { stages } from '../stages.ts'
import { checkFunctionNames } from './calls.ts'
import { visit } from './expressions.ts'
import { report, reportLast, type State, since } from './state.ts'
import { visitBlock } from './statements.ts'

const maxRounds = 10

export function judgeClassic(program: Program, environment: Environment): Judgement {
  const { findings } = environment
  environment.settings.maxStringLength = since0(environment) ? 1024 : 64
  findings.stage = stages.config
  checkConfig(program, environment)
  const state = createState(environment)
  checkFunctionNames(state, program)
  const probes = program.items.filter((item) => item.kind === 'Probe')
  const points = new Map(probes.map((probe) => [probe, parseAttachPoints(probe, environment)]))
  findings.stage = stages.checkAttachPoints
  checkProbes(state, points)
  for (let round = 1; round <= maxRounds; round++) {
    // Each round may end it all: what it finds counts only if none before found anything.
    findings.stage = stages.types + round / 100
    state.changed = false
    analyse(state, points)
    if (!state.changed) break
  }
  findings.stage = stages.typeCheck
  state.final = true
  analyse(state, points)
  return answers(state)
}

const since0 = (environment: Environment) => environment.version.minor >= 23

function createState(environment: Environment): State {
  return {
    environment,
    types: new Map(),
    scopes: [],
    variables: new Map(),
    mapValues: new Map(),
    mapKeys: new Map(),
    bounds: new Map(),
    macros: new Map(),
    probe: undefined,
    points: [],
    final: false,
    changed: false,
    call: '',
    argument: -1,
    loops: 0,
    parameterInStr: false,
    place: undefined,
    activeMacros: [],
    macroUses: 0,
  }
}

type Points = ReadonlyMap<Probe, readonly AttachPoint[]>

function checkProbes(state: State, points: Points): void {
  const seen = new Set<string>()
  for (const own of points.values()) {
    for (const point of own) {
      if (own.length > 1 && point.provider === 'iter') report(state, 'iter-attach-points', point.span, {})
      if (point.provider !== 'begin' && point.provider !== 'end') continue
      if (seen.has(point.provider)) report(state, 'special-probe-duplicate', point.span, { name: point.spelled })
      seen.add(point.provider)
    }
  }
}

function analyse(state: State, points: Points): void {
  for (const [probe, own] of points) {
    state.probe = probe
    state.points = own
    let variables = state.variables.get(probe)
    if (!variables) {
      variables = new Map()
      state.variables.set(probe, variables)
    }
    // With scopes of blocks, what a probe knows is worked out anew in each round.
    if (since(state, '0.22')) variables.clear()
    state.scopes = [variables]
    if (probe.predicate) {
      const type = visit(state, probe.predicate.condition)
      if (!['integer', 'pointer', 'boolean', 'unknown'].includes(type.kind)) {
        const lenient = since(state, '0.18') && type.kind !== 'string'
        if (!lenient) reportLast(state, 'predicate-invalid', probe.predicate.span, { type: formatClassicKind(type) })
      }
    }
    visitBlock(state, probe.body, true)
  }
}

function answers(state: State): Judgement {
  return {
    typeOf: (node: Node): Type | undefined => {
      const type = state.types.get(node)
      return type?.kind === 'none' || type?.kind === 'unknown' ? undefined : type
    },
    mapType: (name) => {
      const value = state.mapValues.get(name)
      if (!value || value.kind === 'none' || value.kind === 'unknown') return undefined
      const keys = state.mapKeys.get(name) ?? []
      return { key: keys.length === 0 ? undefined : keys.length === 1 ? keys[0] : tuple([...keys]), value }
    },
  }
}
