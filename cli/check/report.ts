/** What a check found, before it is written in one of the formats. */
import type { PlacedDiagnostic } from '../../analyzers/bpftrace/placed-diagnostic.ts'

export interface FileReport {
  /** As it was given on the command line. */
  readonly file: string
  readonly diagnostics: readonly PlacedDiagnostic[]
}
