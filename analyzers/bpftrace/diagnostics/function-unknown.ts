import type { Span } from '../diagnostic.ts'
import { defineDiagnostic } from './define.ts'
import { functionMean, withoutParentheses } from './fixes.ts'

export default defineDiagnostic<{
  readonly name: string
  readonly start: number
  readonly end: number
  /** Set where the name is a builtin that this version does not call. */
  readonly builtinCall?: Span
}>({
  code: 'function-unknown',
  severity: 'error',
  title: 'Function that does not exist',
  docs: 'Functions are those of the compiler, the macros of the standard library and of the script, and what is imported.',
  bad: 'begin { prnt(1); }',
  good: 'begin { print(1); }',
  message: ({ name }) => `Unknown function: '${name}'.`,
  fixes: ({ data, source, words }) =>
    data.builtinCall
      ? withoutParentheses(data.builtinCall, data.name)
      : functionMean({ start: data.start, end: data.end }, data.name, source, words),
})
