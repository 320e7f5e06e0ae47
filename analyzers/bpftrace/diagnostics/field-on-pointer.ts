import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{
  readonly field: string
  readonly type: string
  readonly start: number
  readonly end: number
}>({
  code: 'field-on-pointer',
  severity: 'error',
  title: 'Field of a pointer with a dot',
  docs: 'Until 0.24 a field behind a pointer is reached by `->`.',
  bad: 'struct S { int a; } kprobe:f { $s = (struct S *)arg0; print($s.a); }',
  good: 'struct S { int a; } kprobe:f { $s = (struct S *)arg0; print($s->a); }',
  exampleVersion: '0.17.0',
  message: ({ field, type }) => `Can not access field '${field}' on type '${type}'; dereference it first, or use '->'.`,
  fixes: ({ data }) => replace({ start: data.start, end: data.end }, '->', true),
})
