/** Kernel facts of no kernel: every question is answered with "unknown". For checks without a kernel, and for tests. */
import type { KernelFacts } from './kernel-facts.ts'

export const noKernelFacts: KernelFacts = {
  source: { kind: 'none', kernel: '', description: 'No facts about a kernel are used.' },
  coverage: { types: 'none', functions: 'none', tracepoints: 'none' },
  record: () => undefined,
  enumeration: () => undefined,
  typedef: () => undefined,
  enumerator: () => undefined,
  signature: () => undefined,
  rawTracepoint: () => undefined,
  tracepoint: () => undefined,
  names: () => [],
}
