import { defineDiagnostic } from './define.ts'
import { insert } from './fixes.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'discarded-value',
  severity: 'warning',
  title: 'Value that is thrown away',
  docs: 'The statement computes a value that nothing uses.',
  bad: 'begin { 1; }',
  good: 'begin { _ = 1; }',
  message: () => 'The value is discarded.',
  // What a function of the library discards is found inside an expression.
  fixes: ({ span, source }) =>
    startsStatement(source, span.start) ? insert(span.start, '_ = ', 'Discard it explicitly', true) : [],
})

/** Comments longer than this before a statement cost it its fix. */
const FAR = 400

function startsStatement(source: string, at: number): boolean {
  const before = at > FAR ? `…${source.slice(at - FAR, at)}` : source.slice(0, at)
  return /(?:^|[;{}])(?:\s|\/\/[^\n]*\n|\/\*(?:(?!\*\/)[\s\S])*\*\/)*$/.test(before)
}
