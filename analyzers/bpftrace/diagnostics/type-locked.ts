import { firstAs } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly type: string; readonly locked: string }>({
  code: 'type-locked',
  severity: 'error',
  title: 'Type that was already decided by',
  docs: 'sizeof, typeof and their like use the type as it is known at that point; later uses have to fit it.',
  bad: 'config = { unstable_typeinfo=enable } begin { $a = 1; if comptime (typeinfo($a).full_type == "int8") { $a = 300; } }',
  good: 'begin { $a = (int64)1; $a = 300; print($a); }',
  message: ({ name, type, locked }) =>
    `The type '${type}' does not fit ${name}, whose type '${locked}' was used to resolve another part of the program.`,
  fixes: ({ span, data, words }) => firstAs(words.tree, span, data.name, data.type),
})
