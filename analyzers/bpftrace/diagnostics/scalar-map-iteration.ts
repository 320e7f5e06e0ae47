import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'scalar-map-iteration',
  severity: 'error',
  title: 'Loop over a map without keys',
  docs: 'There is only one entry.',
  bad: 'begin { @a = 1; for ($kv : @a) { } }',
  good: 'begin { @a[1] = 1; for ($kv : @a) { print($kv); } }',
  message: ({ name }) => `${name} has no keys to loop over.`,
})
