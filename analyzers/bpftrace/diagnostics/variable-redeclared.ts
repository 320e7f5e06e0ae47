import { defineDiagnostic } from './define.ts'
import { replace } from './fixes.ts'

export default defineDiagnostic<{ readonly name: string }>({
  code: 'variable-redeclared',
  severity: 'error',
  title: 'Variable declared twice',
  docs: 'Within reach of a variable no other of its name can be declared.',
  bad: 'begin { let $a = 1; let $a = 2; }',
  good: 'begin { let $a = 1; $a = 2; }',
  message: ({ name }) => `${name} was already declared; variables cannot be shadowed.`,
  fixes: ({ span, data, source }) => {
    const declaration = /^let\s+\$\w+(?:\s*:\s*[^=;{}]+?)?(?=\s*=)/.exec(source.slice(span.start, span.end))
    return declaration ? replace({ start: span.start, end: span.start + declaration[0].length }, data.name) : []
  },
})
