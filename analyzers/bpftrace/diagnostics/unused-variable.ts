import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'unused-variable',
  severity: 'hint',
  origin: 'rule',
  title: 'Variable that is never read',
  docs: 'It is set, and nothing looks at it.',
  bad: 'begin { $x = 1; }',
  good: 'begin { $x = 1; print($x); }',
  tags: ['unnecessary'],
  message: ({ name }) => `${name} is never read.`,
})
