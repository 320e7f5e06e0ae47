import { sameBounds } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly map: string }>({
  code: 'histogram-shape',
  severity: 'error',
  title: 'One histogram with two shapes',
  docs: 'All calls for one map have the same bounds.',
  bad: 'begin { @ = lhist(1, 0, 10, 1); @ = lhist(1, 0, 20, 1); }',
  good: 'begin { @ = lhist(1, 0, 10, 1); @ = lhist(2, 0, 10, 1); }',
  message: ({ name, map }) => `${map} is a ${name} with other bounds elsewhere.`,
  fixes: ({ span, data, words }) => sameBounds(words.tree, span, data.map),
})
