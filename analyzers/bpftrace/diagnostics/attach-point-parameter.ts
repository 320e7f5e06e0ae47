import { quotedPart } from '../repair/attach-points.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly text: string }>({
  code: 'attach-point-parameter',
  severity: 'error',
  title: 'Dollar sign in an attach point that is no parameter',
  docs: 'Outside quotes a dollar sign in an attach point starts a positional parameter such as `$1`.',
  bad: 'uprobe:/bin/bash:$a { }',
  good: 'uprobe:/bin/bash:readline { }',
  message: ({ text }) => `"$${text}" is no positional parameter; quote this part if it is meant literally.`,
  fixes: ({ span, words }) => quotedPart(words.tree, span),
})
