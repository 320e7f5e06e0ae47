import { fittingValue } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly type: string; readonly current: string }>({
  code: 'map-type-mismatch',
  severity: 'error',
  title: 'Value of another type than the map',
  docs: 'All values of a map have one type, and an aggregate stays the aggregate it is.',
  bad: 'begin { @a = 1; @a = "2"; }',
  good: 'begin { @a = 1; @a = 2; }',
  message: ({ name, type, current }) =>
    `Type mismatch for ${name}: a value of type '${type}' cannot go into a map of type '${current}'.`,
  fixes: ({ span, data, words }) => fittingValue(words, span, data.type, data.current),
})
