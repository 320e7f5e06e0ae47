import { defineDiagnostic } from './define.ts'
import { removeStatement } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-unused',
  severity: 'warning',
  title: 'Map that is declared and never used',
  docs: 'The declaration can go.',
  bad: 'let @a = hash(10); begin { print(1); }',
  good: 'let @a = hash(10); begin { @a[1] = 1; }',
  tags: ['unnecessary'],
  message: ({ name }) => `Unused map: ${name}.`,
  fixes: ({ span, source }) => removeStatement(span, source, 'Remove the declaration'),
})
