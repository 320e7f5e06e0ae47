/** Calls: which functions there are, and where each may stand. What each takes and returns is in its rule. */
import type * as Ast from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { none, type Type, unknown } from '../../types/type.ts'
import { type Provider, programType } from '../attach-points/attach-point.ts'
import { entryOf } from '../table.ts'
import { Caller, type CallRule } from './caller.ts'
import { visit } from './expressions.ts'
import { libraryRules } from './library-calls.ts'
import { mapRules } from './map-calls.ts'
import { type MapNode, visitMap } from './maps.ts'
import { bare, report, type State, since } from './state.ts'

const rules: Readonly<Record<string, CallRule>> = { ...mapRules, ...libraryRules }

export function visitCall(state: State, node: Ast.Call): Type {
  const name = node.callee.text
  const outer = { call: state.call, argument: state.argument }
  if (!state.environment.unsafe && state.environment.catalog.function(name)?.unsafe) {
    report(state, 'unsafe-function', node.span, { name })
  }
  state.call = name
  for (const [i, argument] of node.arguments.entries()) {
    state.argument = i
    const inner = bare(argument)
    const whole = isWholeMap(name, i) && (inner.kind === 'MapReference' || inner.kind === 'MapAccess')
    if (whole) state.types.set(argument, visitMap(state, inner as MapNode, true))
    else visit(state, argument)
  }
  for (const point of state.points) {
    if (!isAvailable(state, name, point.provider)) {
      report(state, 'function-unavailable', node.span, { name, probe: point.spelled })
    }
  }
  const rule = entryOf(rules, name)
  const type = rule ? rule(new Caller(state, node)) : unknownFunction(state, node)
  state.call = outer.call
  state.argument = -1
  return type
}

const isWholeMap = (name: string, index: number) =>
  index === 0 && ['print', 'clear', 'zero', 'len', 'has_key', 'delete'].includes(name)

function unknownFunction(state: State, node: Ast.Call): Type {
  const name = node.callee.text
  return isKnownFunction(state, name) ? unknown : none
}

const isKnownFunction = (state: State, name: string) =>
  Object.hasOwn(rules, name) || state.environment.catalog.function(name) !== undefined || since(state, '0.23')

/** The parser itself knows the functions, so an unknown one is the first thing that is said. */
export function checkFunctionNames(state: State, program: Ast.Program): void {
  walk(program, (node) => {
    if (node.kind !== 'Call' || isKnownFunction(state, node.callee.text)) return
    const { text: name, span } = node.callee
    const builtin = state.environment.catalog.builtin(name)
    report(state, 'function-unknown', span, {
      name,
      start: span.start,
      end: span.end,
      ...(builtin && { builtinCall: node.span }),
    })
  })
}

const registerProbes = new Set<Provider>([
  'kprobe',
  'kretprobe',
  'uprobe',
  'uretprobe',
  'usdt',
  'profile',
  'interval',
  'software',
  'hardware',
  'watchpoint',
  'asyncwatchpoint',
])

function isAvailable(state: State, name: string, provider: Provider): boolean {
  switch (name) {
    case 'reg':
      return registerProbes.has(provider)
    case 'uaddr':
      return provider === 'usdt' || provider === 'uprobe' || provider === 'uretprobe'
    case 'signal':
      return ['kprobe', 'tracepoint', 'tracing'].includes(programType(provider))
        ? provider !== 'iter'
        : provider === 'profile'
    case 'skboutput':
      return since(state, '0.19') ? provider === 'fentry' || provider === 'fexit' : true
    default:
      return true
  }
}
