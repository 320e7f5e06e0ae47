import { asMap } from '../repair/maps.ts'
import { assignedMaps } from '../spelling/words.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-argument-expected',
  severity: 'error',
  title: 'Something else where a map is due',
  docs: 'The function works on a whole map.',
  bad: 'begin { @a[1] = 1; clear(a); }',
  good: 'begin { @a[1] = 1; clear(@a); }',
  message: ({ name }) => `${name}() takes a map.`,
  fixes: ({ span, data, words }) => asMap(words.tree, span, data.name, assignedMaps(words)),
})
