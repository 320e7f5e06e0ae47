import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { rule } from '../rule.ts'

/** What each of the functions behind `--unsafe` does to the machine. */
const effects: ReadonlyMap<string, string> = new Map(
  Object.entries({
    system: 'runs a shell command as root at every event',
    signal: 'sends a signal to whatever process is running',
    signal_thread: 'sends a signal to whatever thread is running',
    override: 'makes a kernel function fail without running it',
    copy_from_user: 'may sleep in the traced program',
  }),
)

export default rule({
  code: 'unsafe-call',
  title: 'Changes the machine it observes',
  severity: 'warning',
  verdict: 'dangerous',
  docs: `These functions do not observe, they act: on every event, with the rights of root, in the kernel or in whatever
process happens to run. bpftrace wants \`--unsafe\` for them. Make sure that the predicate lets through only what is
meant, and try on a machine that may break.`,
  bad: 'tracepoint:syscalls:sys_enter_openat /comm == "x"/ { signal("KILL"); }',
  good: 'tracepoint:syscalls:sys_enter_openat /comm == "x"/ { printf("%d\\n", pid); }',
  *check(context) {
    for (const item of context.tree.program.items) {
      for (const { callee } of nodesIn(item).calls) {
        const effect = effects.get(callee.text)
        if (effect === undefined) continue
        yield { span: callee.span, message: `\`${callee.text}\` ${effect}: check the predicate before running this` }
      }
    }
  },
})
