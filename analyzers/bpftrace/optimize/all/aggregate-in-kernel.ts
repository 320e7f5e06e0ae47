import { aggregateOf, isPrintf } from '../aggregate.ts'
import { optimization, probesOf } from '../optimization.ts'

/** Fewer lines than these in a second are read by people; more only cost. */
const READABLE_PER_SECOND = 100

export default optimization({
  name: 'aggregate-in-kernel',
  title: 'Aggregate in the kernel instead of printing every event',
  changesOutput: true,
  examples: [
    {
      before: 'tracepoint:syscalls:sys_enter_openat { printf("%s %d\\n", comm, pid); }',
      after: 'tracepoint:syscalls:sys_enter_openat { @[comm, pid] = count(); }',
    },
    {
      before: 'tracepoint:sched:sched_switch { $took = nsecs - @; printf("%s %d\\n", comm, $took); @ = nsecs; }',
      after: 'tracepoint:sched:sched_switch { $took = nsecs - @; @events[comm] = hist($took); @ = nsecs; }',
    },
  ],
  *find(context) {
    for (const probe of probesOf(context)) {
      const estimates = context.estimate.probes.filter((each) => each.probe === probe)
      const perSecond = estimates.reduce((sum, { load, cost }) => sum + load.eventsPerSecond * cost.messages, 0)
      if (perSecond < READABLE_PER_SECOND) continue
      const statement = probe.body.statements.find(
        (each) => each.kind === 'ExpressionStatement' && isPrintf(each.expression),
      )
      const call = statement?.kind === 'ExpressionStatement' ? statement.expression : probe.body.result
      if (call === null || call === undefined || !isPrintf(call)) continue
      const aggregate = aggregateOf(context, call)
      yield {
        span: call.span,
        reason: `It prints about ${Math.round(perSecond)} lines a second, each a message from the kernel to bpftrace: ${
          aggregate === undefined
            ? 'count or aggregate in a map instead.'
            : `\`${aggregate}\` aggregates in the kernel and is printed once, at the end.`
        }`,
        edits: aggregate === undefined ? [] : [{ span: call.span, newText: aggregate }],
      }
    }
  },
})
