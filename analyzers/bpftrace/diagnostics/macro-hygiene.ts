import { passedIn } from '../repair/macros.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'macro-hygiene',
  severity: 'error',
  title: 'Map in a macro that is not its parameter',
  docs: 'A macro sees the maps that it is given, and no others.',
  bad: 'macro m() { @a = 1; } begin { m(); }',
  good: 'macro m(@a) { @a = 1; } begin { m(@x); }',
  message: ({ name }) => `The macro has no access to ${name}; maps are passed in as arguments.`,
  fixes: ({ span, data, words }) => passedIn(words.tree, span, data.name),
})
