import { defineDiagnostic } from './define.ts'
import { formatSpecifier } from './fixes.ts'

export default defineDiagnostic<{
  readonly specifier: string
  readonly type: string
  readonly suggestion: string
  readonly index: number
  readonly start: number
  readonly end: number
}>({
  code: 'format-specifier',
  severity: 'error',
  title: 'Conversion that does not fit the value',
  docs: 'Numbers are printed by %d, %u and %x, strings and most other things by %s, buffers by %r.',
  bad: 'begin { printf("%d\\n", comm); }',
  good: 'begin { printf("%s\\n", comm); }',
  message: ({ specifier, type, suggestion }) =>
    `${specifier} does not print ${type || 'anything'}${suggestion ? `; %${suggestion} does` : ''}.`,
  fixes: ({ data, source }) =>
    formatSpecifier({ start: data.start, end: data.end }, data.specifier, data.suggestion, data.index, source),
})
