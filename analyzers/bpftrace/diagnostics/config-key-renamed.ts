import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{
  readonly name: string
  readonly current: string
  readonly start: number
  readonly end: number
}>({
  code: 'config-key-renamed',
  severity: 'warning',
  title: 'Config key with a new name',
  docs: 'The old name still works.',
  bad: 'config = { strlen=100 } begin { }',
  good: 'config = { max_strlen=100 } begin { }',
  message: ({ name, current }) => `${name} has been renamed, please use ${current}.`,
  fixes: ({ data }) => replace({ start: data.start, end: data.end }, data.current, true),
})
