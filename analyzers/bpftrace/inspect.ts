/**
 * Everything that is said about a program: the compiler's judgement together with our own rules on safety, cost and
 * portability, levels and ignore comments applied. The faces show this; `analyze` alone is what the compiler says.
 */

import { lazy } from '../shared/lazy.ts'
import { type Analysis, type AnalyzeOptions, analyzeTree } from './analyze.ts'
import { catalogFor } from './catalog/index.ts'
import type { Diagnostic } from './diagnostic.ts'
import { withoutIgnored } from './ignore-comments.ts'
import type { ProgramContext } from './program-context.ts'
import { type Assessment, assess } from './rules/safety.ts'
import { collectSymbols } from './symbols.ts'
import { parse } from './syntax/parse.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { atLeast } from './version.ts'

export interface InspectOptions extends AnalyzeOptions {
  /** CPUs of the machine that the estimate is for. */
  readonly cpus?: number
  /** Known events per second by attach point. */
  readonly rates?: Readonly<Record<string, number>> | undefined
  /** The same, as counted on the machine. */
  readonly measured?: Readonly<Record<string, number>> | undefined
}

export interface Inspection {
  readonly analysis: Analysis
  readonly context: ProgramContext
  readonly assessment: Assessment
  /** Of the compiler and of the rules, in source order. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A server of ordinary size, where the machine is not known. */
export const DEFAULT_CPUS = 8

export function inspect(source: string, options: InspectOptions): Inspection {
  return inspectTree(parse(source), options)
}

/** The same for a tree that is already there. */
export function inspectTree(tree: SyntaxTree, options: InspectOptions): Inspection {
  const analysis = analyzeTree(tree, options)
  const context: ProgramContext = {
    tree,
    catalog: catalogFor(analysis.version),
    kernel: options.kernel,
    get symbols() {
      return collectSymbols(tree, { blockScoped: atLeast(analysis.version, '0.22') })
    },
    types: { typeOf: analysis.typeOf, map: analysis.mapType },
  }
  // Completion and hover want the types alone: the rules, which count what probes match, are for who asks for them.
  const assessment = lazy(() =>
    assess(
      context,
      { cpus: options.cpus ?? DEFAULT_CPUS, rates: options.rates, measured: options.measured },
      options.memory,
    ),
  )
  const diagnostics = lazy(() => allDiagnostics(analysis, assessment, options.levels))
  return {
    analysis,
    context,
    get assessment() {
      return assessment()
    },
    get diagnostics() {
      return diagnostics()
    },
  }
}

function allDiagnostics(
  { tree, diagnostics }: Analysis,
  assessment: () => Assessment,
  levels: InspectOptions['levels'],
): readonly Diagnostic[] {
  // A program that cannot be read has no cost yet.
  const isReadable = !diagnostics.some((each) => each.code === 'syntax')
  const assessed = isReadable ? assessment().diagnostics : []
  const ours = assessed.flatMap((diagnostic): Diagnostic[] => {
    const level = levels?.[diagnostic.code]
    if (level === undefined) return [diagnostic]
    return level === 'off' ? [] : [{ ...diagnostic, severity: level }]
  })
  return withoutIgnored(tree, [...diagnostics, ...ours]).toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  )
}
