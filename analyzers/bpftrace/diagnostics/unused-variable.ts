import { neverAssigned } from '../repair/declarations.ts'
import { withoutVariable } from '../repair/statements.ts'
import { atLeast } from '../version.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanOwn } from './fixes.ts'

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
  fixes: ({ span, data, words }) => [
    ...didYouMeanOwn(span, data.name, neverAssigned(words.tree, span)),
    ...withoutVariable(words.tree, span, data.name, atLeast(words.catalog.version, '0.24')),
  ],
})
