// Written by scripts/generate-listings.ts from the folder listing: do not edit.
import aggregateInKernel from './all/aggregate-in-kernel.ts'
import cheaperProbe from './all/cheaper-probe.ts'
import fentryForKprobe from './all/fentry-for-kprobe.ts'
import fewerMapOperations from './all/fewer-map-operations.ts'
import predicateEarlier from './all/predicate-earlier.ts'
import tracepointForFunction from './all/tracepoint-for-function.ts'
import type { Optimization } from './optimization.ts'

export const optimizations: readonly Optimization[] = [
  aggregateInKernel,
  cheaperProbe,
  fentryForKprobe,
  fewerMapOperations,
  predicateEarlier,
  tracepointForFunction,
]
