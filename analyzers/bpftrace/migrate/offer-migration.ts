/**
 * For the compiler's errors and warnings without a fix of their own: when the program was written for another version,
 * rewriting the whole of it for the target mends them together. Offered only where the rewritten program has fewer
 * errors, or as many and fewer warnings.
 */
import { type AnalyzeOptions, analyze } from '../analyze.ts'
import type { Diagnostic, Fix, TextEdit } from '../diagnostic.ts'
import { formatVersion } from '../version.ts'
import { migrate } from './migrate.ts'

const isOpen = ({ severity, origin, fixes }: Diagnostic) =>
  fixes.length === 0 && (severity === 'error' || (severity === 'warning' && origin === 'compiler'))

/** Errors weigh more than any number of warnings. */
const faults = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.reduce((sum, { severity, origin }) => {
    if (severity === 'error') return sum + ERROR
    return sum + (severity === 'warning' && origin === 'compiler' ? 1 : 0)
  }, 0)
const ERROR = 1e6

/** The same diagnostics, with that fix where it helps. */
export function withMigration(
  source: string,
  diagnostics: readonly Diagnostic[],
  options: AnalyzeOptions,
): readonly Diagnostic[] {
  if (!diagnostics.some(isOpen)) return diagnostics
  const { program } = migrate(source, { to: options.bpftrace, kernel: options.kernel })
  if (program === source) return diagnostics
  if (faults(analyze(program, options).diagnostics) >= faults(diagnostics)) return diagnostics
  const fix: Fix = {
    title: `Rewrite the program for bpftrace ${formatVersion(options.bpftrace)}`,
    edits: [changedStretch(source, program)],
    safe: false,
  }
  return diagnostics.map((each) => (isOpen(each) ? { ...each, fixes: [fix] } : each))
}

/** One edit for everything between the first and the last difference. */
function changedStretch(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let tail = 0
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return { span: { start, end: before.length - tail }, newText: after.slice(start, after.length - tail) }
}
