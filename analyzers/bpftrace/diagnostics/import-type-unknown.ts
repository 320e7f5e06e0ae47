import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly path: string }>({
  code: 'import-type-unknown',
  severity: 'error',
  title: 'Import of a file of another kind',
  docs: 'Scripts (.bt), C sources (.bpf.c), headers (.h) and objects (.bpf.o) can be imported.',
  bad: 'import "notes.txt"; begin { }',
  good: 'begin { }',
  message: ({ path }) => `"${path}" is no kind of file that can be imported.`,
})
