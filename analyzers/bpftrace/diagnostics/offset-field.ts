import { defineDiagnostic } from './define.ts'
import { didYouMeanWithin } from './fixes.ts'

export default defineDiagnostic<{
  readonly problem: string
  /** The field that there is not, and those that there are. */
  readonly name?: string
  readonly candidates?: readonly string[]
}>({
  code: 'offset-field',
  severity: 'error',
  title: 'offsetof of a field that is not there',
  docs: 'The path names fields of structures.',
  bad: 'struct S { int first; } begin { print(offsetof(struct S, frist)); }',
  good: 'struct S { int first; } begin { print(offsetof(struct S, first)); }',
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, data, source }) =>
    data.name === undefined ? [] : didYouMeanWithin(span, data.name, source, data.candidates ?? []),
})
