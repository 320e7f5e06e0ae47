/**
 * Applies fixes until none is left: one fix can bring the next fault to light, because a compiler stops at its first
 * failing pass. Only safe fixes unless asked otherwise.
 */
import { applyEdits } from './apply-edits.ts'
import type { Diagnostic, TextEdit } from './diagnostic.ts'
import { type InspectOptions, inspect } from './inspect.ts'
import { withMigration } from './migrate/offer-migration.ts'
import { TakenPlaces } from './taken-places.ts'

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
  let { diagnostics } = inspect(program, options)
  let isStuck = false
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const open = isStuck ? diagnostics.filter((each) => each.code !== 'syntax') : diagnostics
    // To rewrite the whole program is the last resort.
    const near = chooseFixes(open, options)
    const chosen =
      near.length > 0 || !options.guesses ? near : chooseFixes(withMigration(program, open, options), options)
    const next = applyEdits(
      program,
      chosen.flatMap((each) => each.edits),
    )
    // A text that was there before means that two fixes undo each other.
    if (chosen.length === 0 || seen.has(next)) break
    const inspected = inspect(next, options).diagnostics
    if (chosen.some(({ code }) => code === 'syntax') && !readsFurther(program, diagnostics, next, inspected)) {
      isStuck = true
      continue
    }
    seen.add(next)
    program = next
    diagnostics = inspected
    applied.push(...chosen.map(({ code, title }) => ({ code, title })))
  }
  return { program, applied, remaining: diagnostics }
}

/** Whether punctuation that was put in mended something, instead of only adding to what cannot be read. */
function readsFurther(before: string, was: readonly Diagnostic[], after: string, is: readonly Diagnostic[]): boolean {
  const errorsWere = was.filter(({ code }) => code === 'syntax')
  const errorsAre = is.filter(({ code }) => code === 'syntax')
  const [firstWas] = errorsWere
  const [firstIs] = errorsAre
  if (firstWas === undefined || firstIs === undefined) return true
  return errorsAre.length < errorsWere.length || after.length - firstIs.span.start < before.length - firstWas.span.start
}

function chooseFixes(diagnostics: readonly Diagnostic[], options: FixOptions) {
  const chosen: { code: string; title: string; edits: readonly TextEdit[] }[] = []
  // What only touches waits for the next round, too.
  const taken = new TakenPlaces(() => true)
  for (const diagnostic of diagnostics) {
    if (options.codes !== undefined && !options.codes.includes(diagnostic.code)) continue
    const isError = diagnostic.severity === 'error'
    const fix =
      diagnostic.fixes.find((each) => each.safe) ?? (options.guesses && isError ? diagnostic.fixes[0] : undefined)
    if (fix === undefined || !fix.edits.every(({ span }) => taken.isFree(span))) continue
    for (const { span } of fix.edits) taken.take(span)
    chosen.push({ code: diagnostic.code, title: fix.title, edits: fix.edits })
  }
  return chosen
}
