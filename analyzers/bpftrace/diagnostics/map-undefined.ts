import { assignedMaps } from '../spelling/words.ts'
import { defineDiagnostic } from './define.ts'
import { assignmentMean, didYouMeanOwn } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'map-undefined',
  severity: 'error',
  title: 'Map that is never assigned',
  docs: 'A map gets its type from what is put into it.',
  bad: 'begin { @count = 1; print(@cuont); }',
  good: 'begin { @count = 1; print(@count); }',
  message: ({ name }) => `Undefined map: ${name}.`,
  fixes({ span, data: { name }, source, words }) {
    // Where a call stands for the map, there is no name to correct.
    if (!source.startsWith(name, span.start)) return []
    const assigned = assignedMaps(words)
    return [...assignmentMean(name, assigned, source), ...didYouMeanOwn(span, name, assigned)]
  },
})
