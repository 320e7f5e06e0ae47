import { BPF_STACK_BYTES } from '../../cost/stack-bytes.ts'
import { estimatesOf, probesOf, rule } from '../rule.ts'

export default rule({
  code: 'stack-limit',
  title: 'Program needs more than the BPF stack',
  severity: 'warning',
  verdict: null,
  docs: `A BPF program has 512 bytes of stack. Scratch variables and the keys and values that are built on it share them.
Since bpftrace 0.22 large values lie in a buffer of each CPU; many small ones, and every string of an older version, still
take stack. Use fewer or smaller variables, or shorten strings with \`str(…, n)\`.`,
  bad: `begin { ${Array.from({ length: 70 }, (_, i) => `$v${i} = (uint64)${i}; @[$v${i}] = 1;`).join(' ')} }`,
  good: 'begin { $a = 1; @[$a] = 1; }',
  *check(context) {
    for (const probe of probesOf(context)) {
      const [first] = estimatesOf(context, probe)
      if (first === undefined || first.stackBytes <= BPF_STACK_BYTES) continue
      yield {
        span: first.load.attachPoint.span,
        message: `This probe needs about ${first.stackBytes} bytes of BPF stack and there are ${BPF_STACK_BYTES}: use fewer or smaller variables`,
      }
    }
  },
})
