/** Ends the program after a time. */
import { UserError } from '../../../shared/user-error.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { parseDuration } from '../../templates/parameters.ts'
import type { Composed } from '../composed.ts'

/** @throws UserError for what is no time of at least a millisecond. */
export function addTimeLimit(tree: SyntaxTree, duration: string): Composed {
  return {
    program: `${tree.source.trimEnd()}\n\n${timerText(duration)} {\n  exit();\n}\n`,
    notes: [`It ends after ${duration}.`],
  }
}

/** A timer in the spelling that every version knows. */
export function timerText(duration: string): string {
  const parsed = parseDuration(duration)
  const milliseconds = (parsed?.nanoseconds ?? 0) / 1e6
  if (parsed === undefined || milliseconds < 1) {
    throw new UserError({
      code: 'INVALID_ARGUMENT',
      message: `"${duration}" is no time such as 500ms, 10s or 5m.`,
      hint: 'Give a whole number with its unit, at least 1ms.',
      details: { field: 'duration', received: duration },
    })
  }
  const rounded = Math.round(milliseconds)
  return rounded % 1000 === 0 ? `interval:s:${rounded / 1000}` : `interval:ms:${rounded}`
}
