import { aggregateOf, isPrintf } from '../../optimize/aggregate.ts'
import type { Call, Probe } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { isFiltered, often, rule } from '../rule.ts'

/** From here on a terminal is unreadable and the buffer between kernel and bpftrace starts to overflow. */
const FLOOD_PER_SECOND = 10_000
const output = new Set(['printf', 'print', 'errorf', 'cat', 'time', 'join', 'system'])

export default rule({
  code: 'printf-flood',
  title: 'Prints a line for each of very many events',
  severity: 'warning',
  verdict: 'caution',
  docs: `Every line goes through a buffer to bpftrace and from there to the terminal, some microseconds each; when the buffer
is full, lines are lost. Count or aggregate in a map and print once a second or at the end, or add a predicate.`,
  bad: 'tracepoint:raw_syscalls:sys_enter { printf("%s\\n", comm); }',
  good: 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); } interval:s:1 { print(@); clear(@); }',
  // A name for the map that is free in the whole program.
  acrossProbes: true,
  *check(context) {
    const said = new Set<Call>()
    for (const each of context.estimate.probes) {
      const { load, probe, cost } = each
      if (isFiltered(each)) continue
      const perSecond = load.eventsPerSecond * cost.messages
      if (perSecond < FLOOD_PER_SECOND) continue
      // One line of output for an event or ten: the first call says it.
      const call = outputCall(probe)
      if (call === undefined || said.has(call)) continue
      said.add(call)
      const aggregate = isPrintf(call) ? aggregateOf(context, call) : undefined
      yield {
        span: call.span,
        message: `This prints ${often(each, perSecond, context.estimate.cpus)}: aggregate in a map and print it at intervals`,
        fixes:
          aggregate === undefined
            ? []
            : [
                {
                  title: `Aggregate in the kernel: \`${aggregate}\``,
                  edits: [{ span: call.span, newText: aggregate }],
                  safe: false,
                },
              ],
      }
    }
  },
})

function outputCall(probe: Probe): Call | undefined {
  const isInBody = ({ span }: Call) => span.start >= probe.body.span.start
  return nodesIn(probe).calls.find((call) => output.has(call.callee.text) && isInBody(call))
}
