import { defineDiagnostic } from './define.ts'
import { didYouMean } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly candidates: readonly string[] }>({
  code: 'variable-undeclared',
  severity: 'error',
  title: 'Variable that is not there',
  docs: 'A scratch variable exists from its first assignment or `let` to the end of its block.',
  bad: 'begin { $count = 1; print($cout); }',
  good: 'begin { $count = 1; print($count); }',
  message: ({ name }) => `Undefined or undeclared variable: ${name}.`,
  fixes: ({ span, data }) => didYouMean(span, data.name, data.candidates),
})
