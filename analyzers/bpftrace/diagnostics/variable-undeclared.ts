import type { Span } from '../diagnostic.ts'
import { variablesInReach } from '../spelling/variables.ts'
import { defineDiagnostic } from './define.ts'
import { assignmentMean, declareAtStart, didYouMeanOwn } from './fixes.ts'

export default defineDiagnostic<{
  readonly name: string
  /** Where a declaration would hold for the whole probe. */
  readonly body?: Span
}>({
  code: 'variable-undeclared',
  severity: 'error',
  title: 'Variable that is not there',
  docs: 'A scratch variable exists from its first assignment or `let` to the end of its block.',
  bad: 'begin { $count = 1; print($cout); }',
  good: 'begin { $count = 1; print($count); }',
  message: ({ name }) => `Undefined or undeclared variable: ${name}.`,
  fixes: ({ span, data, source, words }) => {
    const candidates = variablesInReach(words, span)
    return [
      ...(data.body ? declareAtStart(data.body, span, data.name, source) : []),
      ...assignmentMean(data.name, candidates, source),
      ...didYouMeanOwn(span, data.name, candidates),
    ]
  },
})
