import { mendedRate } from '../repair/attach-points.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly problem: string }>({
  code: 'probe-rate-invalid',
  severity: 'error',
  title: 'Rate or count that is no positive number',
  docs: 'Timers and counters fire every so often; how often is a whole number that is not zero.',
  bad: 'interval:s:0 { }',
  good: 'interval:s:1 { }',
  message: ({ problem }) => `${problem}.`,
  fixes: ({ span, words }) => mendedRate(words.tree, span),
})
