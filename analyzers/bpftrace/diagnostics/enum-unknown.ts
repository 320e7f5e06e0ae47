import { defineDiagnostic } from './define.ts'
import { typeMean } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'enum-unknown',
  severity: 'error',
  title: 'Enum that does not exist',
  docs: 'Enums come from the script, its headers and the kernel.',
  bad: 'enum kind { A = 1 } begin { print((enum knid)1); }',
  good: 'enum kind { A = 1 } begin { print((enum kind)1); }',
  message: ({ name }) => `Unknown enum: ${name}.`,
  fixes: ({ span, data, source, words }) => typeMean(span, `enum ${data.name.replace(/^enum /, '')}`, source, words),
})
