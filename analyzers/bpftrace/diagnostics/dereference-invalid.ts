import { withoutDereference } from '../repair/values.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly type: string }>({
  code: 'dereference-invalid',
  severity: 'error',
  title: 'Dereference of what is no pointer',
  docs: 'Only pointers and addresses can be read through.',
  bad: 'struct S { int a; } kprobe:vfs_read { $s = (struct S *)arg0; print((*$s)->a); }',
  good: 'kprobe:vfs_read { print(*(int32 *)arg0); }',
  exampleVersion: '0.17.0',
  message: ({ type }) => `'${type}' is no pointer and cannot be dereferenced.`,
  fixes: ({ span, data, words }) => withoutDereference(words.tree, span, data.type),
})
