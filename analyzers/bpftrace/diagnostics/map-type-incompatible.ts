import { otherMapType } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly declared: string; readonly type: string }>({
  code: 'map-type-incompatible',
  severity: 'error',
  title: 'Declared map that cannot hold its values',
  docs: 'Aggregates are kept per CPU, other values are not.',
  bad: 'let @a = hash(10); begin { @a[1] = count(); }',
  good: 'let @a = percpuhash(10); begin { @a[1] = count(); }',
  message: ({ name, declared, type }) => `${name} is declared as ${declared}, which cannot hold ${type}.`,
  fixes: ({ data, words }) => otherMapType(words.tree, data.name, data.declared),
})
