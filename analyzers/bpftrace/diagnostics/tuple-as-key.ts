import { keysSideBySide } from '../repair/maps.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'tuple-as-key',
  severity: 'error',
  title: 'Tuple as a map key',
  docs: 'Until 0.20 several keys are written side by side, not as a tuple.',
  bad: 'BEGIN { @a[(1, 2)] = 1; }',
  good: 'BEGIN { @a[1, 2] = 1; }',
  exampleVersion: '0.17.0',
  message: () => 'A tuple cannot be a map key; write the keys side by side.',
  fixes: ({ span, words }) => keysSideBySide(words.tree, span),
})
