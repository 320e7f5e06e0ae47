import { otherReturnType } from '../repair/declarations.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly returns: string; readonly type: string }>({
  code: 'return-type',
  severity: 'error',
  title: 'Function that returns another type than it says',
  docs: 'The type after the colon is what callers get.',
  bad: 'fn f() : int64 { return "2"; } begin { }',
  good: 'fn f() : int64 { return 2; } begin { }',
  message: ({ name, returns, type }) => `${name} is of type ${returns} and cannot return ${type}.`,
  fixes: ({ span, data, words }) => otherReturnType(words.tree, span, data.type, data.returns),
})
