import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'assignment-in-type',
  severity: 'error',
  title: 'Map assigned where only a type is asked for',
  docs: 'What stands inside `typeof`, `typeinfo`, `sizeof` and `offsetof` is looked at for its type and never runs.',
  bad: 'begin { let $b : typeof({ @a = 1; 1 }) = 2; print(($b, @a)); }',
  good: 'begin { @a = 1; let $b : typeof(@a) = 2; print(($b, @a)); }',
  message: ({ name }) => `${name} is assigned where only a type is asked for.`,
})
