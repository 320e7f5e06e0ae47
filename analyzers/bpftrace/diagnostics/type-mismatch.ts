import { fittingAssignment } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly type: string; readonly current: string }>({
  code: 'type-mismatch',
  severity: 'error',
  title: 'Value of another type than the variable',
  docs: 'The first assignment or the declaration gives a variable its type.',
  bad: 'begin { $a = 1; $a = "2"; }',
  good: 'begin { $a = 1; $a = 2; }',
  message: ({ name, type, current }) =>
    `Type mismatch for ${name}: a value of type '${type}' cannot go into a variable of type '${current}'.`,
  fixes: ({ span, data, words }) => fittingAssignment(words.tree, span, data),
})
