/**
 * What bpftrace, the BPF loader and the kernel print when a run fails, as data: patterns of lines of standard error, what
 * they mean and what to do. More particular entries stand first. Observed with 0.17.0 and 0.27.1, or read off the sources
 * of the versions between.
 */
export const errorCategories = [
  'syntax',
  'type',
  'permission',
  'resource',
  'environment',
  'unsupported',
  'verifier',
  'attach',
  'lost_events',
  'timeout',
  'killed',
  'internal',
] as const
export type ErrorCategory = (typeof errorCategories)[number]

export interface KnownError {
  readonly name: string
  readonly category: ErrorCategory
  /** A run goes on after some of them. */
  readonly severity: 'error' | 'warning'
  /** JavaScript regular expressions for one line. */
  readonly patterns: readonly string[]
  /** `$1` is what the pattern's first group took; `[…|…]` its second part, or nothing, where that took nothing. */
  readonly cause: string
  readonly nextStep: string
  /** It says something is wrong when nothing is. */
  readonly harmless?: boolean
  /** Lines that were seen, for the tests. */
  readonly samples?: readonly string[]
}
