import { printedWhole } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'iteration-type',
  severity: 'error',
  title: 'Loop over a map of histograms',
  docs: 'The values cannot be read one by one.',
  bad: 'begin { @a[1] = hist(1); for ($kv : @a) { } }',
  good: 'begin { @a[1] = count(); for ($kv : @a) { print($kv.0); } }',
  message: ({ type }) => `A loop cannot go over values of type ${type}.`,
  fixes: ({ span, words }) => printedWhole(words.tree, span),
})
