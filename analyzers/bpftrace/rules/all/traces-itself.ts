import { share } from '../../cost/condition-share.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { estimatesOf, probesOf, rule } from '../rule.ts'

/** What bpftrace itself does for each line it prints. */
const ownCalls =
  /^tracepoint:(syscalls:sys_(enter|exit)_(write|writev|epoll_wait|epoll_pwait|ioctl|\*|.*write.*)|raw_syscalls:)|^k(ret)?probe:(vfs_write|ksys_write|tty_write|n_tty_write|__x64_sys_write)|^f(entry|exit):(vmlinux:)?(vfs_write|ksys_write|tty_write)/

const printing = new Set(['printf', 'print', 'cat', 'time', 'join', 'system', 'errorf'])

export default rule({
  code: 'traces-itself',
  title: 'Each printed line makes another event',
  severity: 'warning',
  verdict: 'caution',
  docs: `bpftrace writes what it prints, and this probe fires at every write: each line causes the next one, without end. Leave
bpftrace out with a predicate such as \`/comm != "bpftrace"/\`, or print from another probe.`,
  bad: 'tracepoint:syscalls:sys_enter_write { printf("%s\\n", comm); }',
  good: 'tracepoint:syscalls:sys_enter_write /comm != "bpftrace"/ { printf("%s\\n", comm); }',
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      const own = estimatesOf(context, probe).find(({ load }) => ownCalls.test(load.full))
      if (own === undefined) continue
      // Any filter that keeps out most events keeps out bpftrace too, or was written with it in mind.
      if (probe.predicate !== null && share(context.tree.source, probe.predicate.condition) < 1) continue
      const { start } = probe.body.span
      const prints = nodesIn(probe).calls.some(({ callee, span }) => span.start >= start && printing.has(callee.text))
      // Inside a condition the author has filtered already.
      const conditional = probe.body.statements.some(
        (each) => each.kind === 'ExpressionStatement' && each.expression.kind === 'If',
      )
      if (!prints || conditional) continue
      yield {
        span: own.load.attachPoint.span,
        message: `Printing here causes another \`${own.load.attachPoint.text}\`: leave bpftrace out with \`/comm != "bpftrace"/\``,
        fixes:
          probe.predicate === null
            ? [
                {
                  title: 'Add `/comm != "bpftrace"/`',
                  edits: [{ span: { start, end: start }, newText: '/comm != "bpftrace"/ ' }],
                  safe: false,
                },
              ]
            : [],
      }
    }
  },
})
