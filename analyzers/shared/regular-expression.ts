/**
 * Regular expressions with RE2's syntax and linear time, the only kind the project takes from users: what google/pprof
 * accepts is accepted, and no pattern can hang a process.
 */
import { RE2JS } from 're2js'
import { UserError } from './user-error.ts'

export interface RegularExpression {
  /** Whether any part of the text matches. */
  test(text: string): boolean
}

/** @throws UserError when the pattern is not valid. */
export function compileRegularExpression(pattern: string): RegularExpression {
  try {
    const compiled = RE2JS.compile(pattern)
    return { test: (text) => compiled.test(text) }
  } catch (error) {
    throw new UserError(
      {
        code: 'INVALID_REGULAR_EXPRESSION',
        message: `“${pattern}” is not a regular expression: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'The syntax is that of RE2 (https://github.com/google/re2/wiki/Syntax); escape ( ) [ ] * + ? . with \\.',
        details: { pattern },
      },
      { cause: error },
    )
  }
}
