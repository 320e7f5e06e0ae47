import { callInstead } from '../repair/calls.ts'
import { callAt } from '../repair/find.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'fail-arguments',
  severity: 'error',
  title: 'fail() with values that are not known',
  docs: 'Its arguments are literals.',
  bad: 'begin { fail("stop %d", pid); }',
  good: 'begin { print(1); }',
  message: () => 'fail() takes literals only.',
  fixes: ({ span, words }) => {
    const call = callAt(words.tree, span)
    const name = words.catalog.function('errorf') ? 'errorf' : 'printf'
    return call ? [callInstead(call, name)] : []
  },
})
