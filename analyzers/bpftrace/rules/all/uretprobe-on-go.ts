import { rule } from '../rule.ts'

/** Symbols of Go programs: a package path, a dot, a capital or a method in parentheses. */
const goSymbol = /^(main|runtime|net|os|syscall|sync|fmt|[\w./-]+\/[\w.-]+)\.(\(\*?\w+\)\.)?\w+$/

export default rule({
  code: 'uretprobe-on-go',
  title: 'uretprobe on a Go function crashes the program',
  severity: 'warning',
  verdict: 'dangerous',
  docs: `A uretprobe replaces the return address on the stack. Go moves stacks while functions run and finds an address it
does not know: the traced program crashes. Use uprobes on the entry of the function and on the addresses of its \`ret\`
instructions instead.`,
  bad: 'uretprobe:/usr/bin/app:"main.handle" { @ = count(); }',
  good: 'uprobe:/usr/bin/app:"main.handle" { @ = count(); }',
  byProbe: true,
  *check(context) {
    for (const { load } of context.estimate.probes) {
      const symbol = load.attachPoint.parts.at(-1)?.text ?? ''
      if (load.provider !== 'uretprobe' || !goSymbol.test(symbol)) continue
      yield {
        span: load.attachPoint.span,
        message: `A uretprobe on the Go function \`${symbol}\` crashes the program: use a uprobe`,
      }
    }
  },
})
