import { defineDiagnostic } from './define.ts'
import { insert } from './fixes.ts'

export default defineDiagnostic<Record<string, never>>({
  code: 'stack-mode-fallback',
  severity: 'warning',
  title: 'Stack mode that only user stacks have',
  docs: 'Kernel stacks have no build ids; raw addresses are printed.',
  bad: 'config = { stack_mode=build_id } begin { print(kstack); }',
  good: 'begin { print(kstack); }',
  message: () => "The mode 'build_id' is for ustack; kstack falls back to 'raw'.",
  fixes: ({ span, source }) =>
    source.slice(span.start, span.end) === 'kstack' ? insert(span.end, '(raw)', 'Ask for the mode `raw`', true) : [],
})
