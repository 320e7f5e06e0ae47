import { assignedMaps } from '../spelling/words.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanOwn } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-undefined',
  severity: 'error',
  title: 'Map that is never assigned',
  docs: 'A map gets its type from what is put into it.',
  bad: 'begin { @count = 1; print(@cuont); }',
  good: 'begin { @count = 1; print(@count); }',
  message: ({ name }) => `Undefined map: ${name}.`,
  fixes: ({ span, data, words }) => didYouMeanOwn(span, data.name, assignedMaps(words)),
})
