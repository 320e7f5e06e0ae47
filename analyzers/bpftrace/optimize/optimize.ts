/**
 * Makes a program cheaper without changing what it measures: each optimization is tried in turn, and its edits are kept
 * only where the compiler of the target version has nothing new to object to. What needs a person's decision is said
 * and left alone.
 */
import { analyze } from '../analyze.ts'
import { applyEdits } from '../apply-edits.ts'
import { catalogFor } from '../catalog/index.ts'
import { estimate } from '../cost/estimate.ts'
import { format } from '../format.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { collectSymbols } from '../symbols.ts'
import { parse } from '../syntax/parse.ts'
import { atLeast, judgedVersion, type Version } from '../version.ts'
import type { Optimization, OptimizeContext, Suggestion } from './optimization.ts'
import { optimizations } from './optimizations.generated.ts'

export interface OptimizeOptions {
  readonly bpftrace: Version
  readonly kernel: KernelFacts
  readonly cpus: number
  /** Leave alone what would change the output. */
  readonly keepOutput?: boolean
  readonly rates?: Readonly<Record<string, number>> | undefined
  readonly params?: readonly string[]
}

export interface MadeSuggestion {
  /** Name of the optimization. */
  readonly name: string
  /** 1-based line in the text it was found in. */
  readonly line: number
  readonly reason: string
  /** Whether the program that is returned has it. */
  readonly applied: boolean
}

export interface OptimizedProgram {
  readonly program: string
  readonly suggestions: readonly MadeSuggestion[]
}

/** One change can make another possible, as a predicate does for a filter behind it. */
const MAX_ROUNDS = 8

export function optimize(source: string, options: OptimizeOptions): OptimizedProgram {
  const made: MadeSuggestion[] = []
  let program = source
  if (parse(source).errors.length > 0) return { program, suggestions: [] }
  for (const each of optimizations.toSorted((a, b) => Number(a.isLast ?? false) - Number(b.isLast ?? false))) {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const changed = step(program, each, options, made)
      if (changed === undefined) break
      program = changed
    }
  }
  // Layout is only touched where something else was.
  return { program: program === source ? source : format(program).text, suggestions: made }
}

/** The program with the first suggestion that can be applied; undefined when there is none. */
function step(
  program: string,
  each: Optimization,
  options: OptimizeOptions,
  made: MadeSuggestion[],
): string | undefined {
  for (const suggestion of each.find(contextOf(program, options))) {
    const line = program.slice(0, suggestion.span.start).split('\n').length
    const isWanted = suggestion.edits.length > 0 && !(options.keepOutput && each.changesOutput)
    const changed = isWanted ? applied(program, suggestion, options) : undefined
    if (changed !== undefined) {
      made.push({ name: each.name, line, reason: suggestion.reason, applied: true })
      return changed
    }
    const isNew = !made.some((other) => other.name === each.name && other.reason === suggestion.reason)
    if (isNew) made.push({ name: each.name, line, reason: suggestion.reason, applied: false })
  }
  return undefined
}

function applied(program: string, { edits }: Suggestion, options: OptimizeOptions): string | undefined {
  const changed = applyEdits(program, edits)
  return changed !== program && errors(changed, options) <= errors(program, options) ? changed : undefined
}

function errors(program: string, { bpftrace, kernel, params = [] }: OptimizeOptions): number {
  const { diagnostics } = analyze(program, { bpftrace, kernel, params, unsafe: true })
  return diagnostics.filter(({ severity }) => severity === 'error').length
}

function contextOf(program: string, options: OptimizeOptions): OptimizeContext {
  const { version } = judgedVersion(options.bpftrace)
  const { bpftrace, kernel, params = [] } = options
  const analysis = analyze(program, { bpftrace, kernel, params, unsafe: true })
  const context = {
    tree: analysis.tree,
    catalog: catalogFor(version),
    kernel,
    symbols: collectSymbols(analysis.tree, { blockScoped: atLeast(version, '0.22') }),
    types: { typeOf: analysis.typeOf, map: analysis.mapType },
  }
  return { ...context, estimate: estimate(context, { cpus: options.cpus, rates: options.rates }) }
}
