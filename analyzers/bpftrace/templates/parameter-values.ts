/**
 * What a parameter could be, from what the target has: probes, functions, libraries, their functions. A value is a part
 * of an attach point, so completion of programs answers; nothing here knows a kernel.
 */
import { catalogFor } from '../catalog/index.ts'
import { complete } from '../completion/complete.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { ProgramContext } from '../program-context.ts'
import { collectSymbols } from '../symbols.ts'
import { parse } from '../syntax/parse.ts'
import type { Version } from '../version.ts'
import type { Parameter } from './parameters.ts'
import { parametersOf } from './render.ts'
import type { Template } from './template.ts'

export interface ParameterValue {
  readonly value: string
  /** One line on it, or nothing. */
  readonly detail: string
  /** More follows, such as the event after a category: ask again with this as the text. */
  readonly isPart: boolean
}

export interface ParameterValues {
  readonly values: readonly ParameterValue[]
  /** There are others, or they are still being read. */
  readonly hasMore: boolean
}

/** What people still look through. */
const LIMIT = 50

const none: ParameterValues = { values: [], hasMore: false }

/** Values that begin with or contain `text`; those that begin with it first. */
export function parameterValues(
  template: Template,
  name: string,
  text: string,
  given: Readonly<Record<string, unknown>>,
  target: { readonly bpftrace: Version; readonly kernel: KernelFacts },
): ParameterValues {
  const parameters = parametersOf(template)
  const parameter = parameters[name]
  if (parameter?.within === undefined) return none
  const before = parameter.within.replaceAll(/\{(\w+)\}/g, (_, other: string) => {
    return valueText(parameters[other], given[other])
  })
  const source = before + text
  const { span, items, incomplete } = complete(contextOf(source, target), source.length)
  const written = source.slice(0, span.start)
  const typed = source.slice(span.start).toLowerCase()
  const found = items.flatMap(({ kind, snippet, insert, detail, rank }) => {
    const whole = written + insert
    if ((kind !== 'probe' && kind !== 'event') || snippet || !whole.startsWith(before)) return []
    const value = parameter.type === 'path' ? whole.slice(before.length).replace(/:$/, '') : whole.slice(before.length)
    const at = insert.toLowerCase().indexOf(typed)
    // Modules and providers stand before a name; what is asked for is the name.
    const isOther = parameter.type !== 'probe' && value.endsWith(':')
    return at < 0 || isOther ? [] : [{ value, detail, isPart: /[:/]$/.test(value), at, rank }]
  })
  found.sort((a, b) => Number(a.at > 0) - Number(b.at > 0) || a.rank - b.rank)
  return {
    values: found.slice(0, LIMIT).map(({ value, detail, isPart }) => ({ value, detail, isPart })),
    hasMore: incomplete || found.length > LIMIT,
  }
}

function valueText(parameter: Parameter<unknown> | undefined, given: unknown): string {
  return String(given === undefined || given === '' ? (parameter?.default ?? '') : given)
}

/** Attach points need no types. */
function contextOf(source: string, { bpftrace, kernel }: { bpftrace: Version; kernel: KernelFacts }): ProgramContext {
  const tree = parse(source)
  return {
    tree,
    catalog: catalogFor(bpftrace),
    kernel,
    symbols: collectSymbols(tree, { blockScoped: true }),
    types: { typeOf: () => undefined, map: () => undefined },
  }
}
