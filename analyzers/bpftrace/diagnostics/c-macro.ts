import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly problem: string }>({
  code: 'c-macro',
  severity: 'error',
  title: 'C macro that is no expression',
  docs: 'A bare word that is defined by `#define` stands for its replacement, which has to be an expression.',
  bad: '#define X X\nbegin { print(X); }',
  good: '#define X 1\nbegin { print(X); }',
  message: ({ name, problem }) => `${name} ${problem}.`,
})
