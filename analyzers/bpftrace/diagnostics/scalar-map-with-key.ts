import { withoutKey } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'scalar-map-with-key',
  severity: 'error',
  title: 'Key on a map without keys',
  docs: 'A map has keys everywhere or nowhere.',
  bad: 'begin { @a = 1; @a[1] = 2; }',
  good: 'begin { @a[0] = 1; @a[1] = 2; }',
  message: ({ name }) => `${name} is used with a key here, and without one before.`,
  fixes: ({ span, words }) => withoutKey(words.tree, span),
})
