import { intoMap } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'aggregate-not-assigned',
  severity: 'error',
  title: 'Aggregate that is not assigned to a map',
  docs: 'count(), hist() and their like keep their state in the map on the left side.',
  bad: 'begin { $a = count(); }',
  good: 'begin { @a = count(); }',
  message: ({ name }) => `${name}() must be assigned directly to a map.`,
  fixes: ({ span, words }) => intoMap(words.tree, span),
})
