import { fittingMapTypes } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'
import { choose } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-type-unknown',
  severity: 'error',
  title: 'Kind of map that does not exist',
  docs: 'A declaration asks for hash, lruhash, percpuhash or percpulruhash.',
  bad: 'let @a = tree(10); begin { @a[1] = 1; }',
  good: 'let @a = hash(10); begin { @a[1] = 1; }',
  message: ({ name }) => `Invalid map type: ${name}.`,
  fixes: ({ span, data, source, words }) => choose(span, data.name, source, fittingMapTypes(words, span)),
})
