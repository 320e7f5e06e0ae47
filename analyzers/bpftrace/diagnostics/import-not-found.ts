import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly path: string }>({
  code: 'import-not-found',
  severity: 'error',
  title: 'Import that cannot be found',
  docs: 'The path is looked up beside the script and in the directories given with `-I`.',
  bad: 'import "no/such/file.bt"; begin { }',
  good: 'begin { }',
  message: ({ path }) => `Unable to find "${path}".`,
})
