import { kernelChange } from '../../catalog/kernel-changes.ts'
import type { Fix } from '../../diagnostic.ts'
import type { Probe } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { rule } from '../rule.ts'

/** Kernel functions and the stable tracepoint that fires at the same place. */
export const tracepointFor: Readonly<Record<string, string>> = {
  do_sys_open: 'tracepoint:syscalls:sys_enter_openat',
  do_sys_openat2: 'tracepoint:syscalls:sys_enter_openat',
  __x64_sys_openat: 'tracepoint:syscalls:sys_enter_openat',
  ksys_read: 'tracepoint:syscalls:sys_enter_read',
  __x64_sys_read: 'tracepoint:syscalls:sys_enter_read',
  ksys_write: 'tracepoint:syscalls:sys_enter_write',
  __x64_sys_write: 'tracepoint:syscalls:sys_enter_write',
  __x64_sys_execve: 'tracepoint:syscalls:sys_enter_execve',
  do_exit: 'tracepoint:sched:sched_process_exit',
  kernel_clone: 'tracepoint:sched:sched_process_fork',
  _do_fork: 'tracepoint:sched:sched_process_fork',
  try_to_wake_up: 'tracepoint:sched:sched_wakeup',
  ttwu_do_wakeup: 'tracepoint:sched:sched_wakeup',
  finish_task_switch: 'tracepoint:sched:sched_switch',
  tcp_retransmit_skb: 'tracepoint:tcp:tcp_retransmit_skb',
  tcp_set_state: 'tracepoint:sock:inet_sock_set_state',
  blk_mq_start_request: 'tracepoint:block:block_rq_issue',
  blk_account_io_start: 'tracepoint:block:block_io_start',
  blk_account_io_done: 'tracepoint:block:block_io_done',
  kfree_skb: 'tracepoint:skb:kfree_skb',
  __x64_sys_kill: 'tracepoint:syscalls:sys_enter_kill',
}

export default rule({
  code: 'tracepoint-instead',
  title: 'A tracepoint fires at the same place',
  severity: 'hint',
  verdict: null,
  docs: `Tracepoints keep their name and arguments between kernels, name their arguments, and cost less than a kprobe. Where
one fires at the same place it is the better probe. Its arguments are not those of the function: adapt the action.`,
  bad: 'kprobe:do_exit { @[comm] = count(); }',
  good: 'tracepoint:sched:sched_process_exit { @[comm] = count(); }',
  byProbe: true,
  *check(context) {
    for (const { load, probe } of context.estimate.probes) {
      if (load.provider !== 'kprobe') continue
      const name = load.attachPoint.parts.at(-1)?.text ?? ''
      const better = Object.hasOwn(tracepointFor, name) ? tracepointFor[name] : undefined
      // A function that comes and goes is told of with its releases, and the tracepoint with it.
      const change = kernelChange('function', name)
      if (better === undefined || change?.after === better || change?.before === better) continue
      yield {
        span: load.attachPoint.span,
        message: `\`${better}\` fires at the same place, names its arguments and outlives the function`,
        fixes: readsArguments(probe) ? [] : [replacement(load.attachPoint.span, better)],
      }
    }
  },
})

/** What a function and a tracepoint have each in its own way. */
const ownWords = /^(s?arg\d+|args|retval|ctx|reg|func|probe)$/

function readsArguments(probe: Probe): boolean {
  const { identifiers, calls } = nodesIn(probe)
  return identifiers.some(({ name }) => ownWords.test(name)) || calls.some(({ callee }) => ownWords.test(callee.text))
}

function replacement(span: Fix['edits'][number]['span'], tracepoint: string): Fix {
  return { title: `Replace with \`${tracepoint}\``, edits: [{ span, newText: tracepoint }], safe: false }
}
