import { merged } from '../repair/probes.ts'
import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'special-probe-duplicate',
  severity: 'error',
  title: 'More than one BEGIN or END probe',
  docs: 'Until 0.24 a script has at most one of each.',
  bad: 'BEGIN { } BEGIN { }',
  good: 'BEGIN { }',
  exampleVersion: '0.17.0',
  message: ({ name }) => `More than one ${name} probe defined.`,
  fixes: ({ span, words }) => merged(words.tree, span),
})
