import { defineDiagnostic } from './define.ts'
import { didYouMean } from './fixes.ts'

export default defineDiagnostic<{
  readonly name: string
  readonly candidates: readonly string[]
  readonly start: number
  readonly end: number
}>({
  code: 'config-key-unknown',
  severity: 'error',
  title: 'Config key that does not exist',
  docs: 'The config block takes the keys that this version knows.',
  bad: 'config = { max_strln=100 } begin { }',
  good: 'config = { max_strlen=100 } begin { }',
  message: ({ name }) => `${name} is not a known configuration option.`,
  fixes: ({ data }) => didYouMean({ start: data.start, end: data.end }, data.name, data.candidates),
})
