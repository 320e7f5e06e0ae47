/** Who calls whom among the probes, macros and functions of a script. */
import type { Span } from './diagnostic.ts'
import type { ProgramContext } from './program-context.ts'
import type { Macro, Probe, Subprogram } from './syntax/ast.ts'
import { walk } from './syntax/visit.ts'

export type Caller = Macro | Subprogram | Probe

export interface CallEdge {
  /** The other side of the call. */
  readonly item: Caller
  /** Where the calls stand. */
  readonly places: readonly Span[]
}

/** The macro or function that is named at the offset. */
export function callableAt({ symbols }: ProgramContext, offset: number): Macro | Subprogram | undefined {
  const definition = symbols.at(offset)?.symbol.definition
  return definition?.kind === 'Macro' || definition?.kind === 'Subprogram' ? definition : undefined
}

/** The probe, macro or function that begins at the offset. */
export function callerAt({ tree }: ProgramContext, offset: number): Caller | undefined {
  return callers(tree.program.items).find(({ span }) => span.start === offset)
}

export function incomingCalls(context: ProgramContext, target: Caller): readonly CallEdge[] {
  if (target.kind === 'Probe') return []
  return callers(context.tree.program.items).flatMap((item) => {
    const places = calledNames(item).flatMap(({ name, span }) => (name === target.name.text ? span : []))
    return places.length > 0 ? [{ item, places }] : []
  })
}

export function outgoingCalls(context: ProgramContext, from: Caller): readonly CallEdge[] {
  const edges = new Map<Caller, Span[]>()
  for (const { name, span } of calledNames(from)) {
    const item = callers(context.tree.program.items).find((each) => each.kind !== 'Probe' && each.name.text === name)
    if (item) edges.set(item, [...(edges.get(item) ?? []), span])
  }
  return [...edges].map(([item, places]) => ({ item, places }))
}

function callers(items: readonly { readonly kind: string }[]): Caller[] {
  return items.filter((item): item is Caller => ['Macro', 'Subprogram', 'Probe'].includes(item.kind))
}

/** A macro without parameters may be called by its bare name. */
function calledNames(item: Caller): { name: string; span: Span }[] {
  const names: { name: string; span: Span }[] = []
  walk(item.body, (node) => {
    if (node.kind === 'Call') names.push({ name: node.callee.text, span: node.callee.span })
    if (node.kind === 'Identifier') names.push({ name: node.name, span: node.span })
  })
  if (item.kind === 'Probe' && item.predicate) {
    walk(item.predicate, (node) => {
      if (node.kind === 'Call') names.push({ name: node.callee.text, span: node.callee.span })
    })
  }
  return names
}
