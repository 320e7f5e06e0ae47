import { assignedMaps } from '../spelling/words.ts'
import { defineDiagnostic } from './define.ts'
import { didYouMeanOwn } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string; readonly candidates: readonly string[] }>({
  code: 'map-undefined',
  severity: 'error',
  title: 'Map that is never assigned',
  docs: 'A map gets its type from what is put into it.',
  bad: 'begin { print(@a); }',
  good: 'begin { @a = 1; print(@a); }',
  message: ({ name }) => `Undefined map: ${name}.`,
  fixes: ({ span, data, words }) => didYouMeanOwn(span, data.name, [...data.candidates, ...assignedMaps(words)]),
})
