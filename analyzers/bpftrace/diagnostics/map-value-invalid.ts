import { callDirectly } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly type: string; readonly hint: string }>({
  code: 'map-value-invalid',
  severity: 'error',
  title: 'Value that no map can hold',
  docs: 'An aggregate is computed by its function, in the map that it belongs to.',
  bad: 'begin { @a = hist(1); @b = @a; }',
  good: 'begin { @a = hist(1); @b = hist(1); }',
  message: ({ name, type, hint }) =>
    `A value of type '${type}' cannot be assigned to ${name}${hint ? `; ${hint}` : ''}.`,
  fixes: ({ span, words }) => callDirectly(words.tree, span),
})
