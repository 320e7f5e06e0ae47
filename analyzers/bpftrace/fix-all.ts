/**
 * Applies fixes until none is left: one fix can bring the next fault to light, because a compiler stops at its first
 * failing pass. Only safe fixes unless asked otherwise.
 */
import { applyEdits } from './apply-edits.ts'
import type { Diagnostic, TextEdit } from './diagnostic.ts'
import { type InspectOptions, inspect } from './inspect.ts'

export interface FixOptions extends InspectOptions {
  /** Also the best fix of an error that may change what the program means, such as another name. */
  readonly guesses?: boolean
  /** Only findings of these codes. */
  readonly codes?: readonly string[] | undefined
}

export interface FixedProgram {
  readonly program: string
  /** What was done, in order. */
  readonly applied: readonly { readonly code: string; readonly title: string }[]
  /** What is left. */
  readonly remaining: readonly Diagnostic[]
}

const MAX_ROUNDS = 20

export function fixAll(source: string, options: FixOptions): FixedProgram {
  const applied: { code: string; title: string }[] = []
  const seen = new Set([source])
  let program = source
  for (let round = 0; ; round++) {
    const { diagnostics } = inspect(program, options)
    const chosen = round < MAX_ROUNDS ? chooseFixes(diagnostics, options) : []
    const next = applyEdits(
      program,
      chosen.flatMap((each) => each.edits),
    )
    // A text that was there before means that two fixes undo each other.
    if (chosen.length === 0 || seen.has(next)) return { program, applied, remaining: diagnostics }
    seen.add(next)
    program = next
    applied.push(...chosen.map(({ code, title }) => ({ code, title })))
  }
}

function chooseFixes(diagnostics: readonly Diagnostic[], options: FixOptions) {
  const chosen: { code: string; title: string; edits: readonly TextEdit[] }[] = []
  const overlaps = (edits: readonly TextEdit[]) =>
    chosen.some((each) =>
      each.edits.some((a) => edits.some((b) => a.span.start <= b.span.end && b.span.start <= a.span.end)),
    )
  for (const diagnostic of diagnostics) {
    if (options.codes !== undefined && !options.codes.includes(diagnostic.code)) continue
    const isError = diagnostic.severity === 'error'
    const fix =
      diagnostic.fixes.find((each) => each.safe) ?? (options.guesses && isError ? diagnostic.fixes[0] : undefined)
    if (fix !== undefined && !overlaps(fix.edits))
      chosen.push({ code: diagnostic.code, title: fix.title, edits: fix.edits })
  }
  return chosen
}
