import {
  intervalParameter,
  inUnit,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tcp-connect-latency',
  title: 'Latency of outgoing TCP connections',
  question: 'How long does it take until the other side answers a connection?',
  tags: ['network', 'TCP', 'connections', 'latency', 'histogram'],
  parameters: { ...processFilters, unit: unitParameter(), interval: intervalParameter() },
  // States: 1 ESTABLISHED, 2 SYN_SENT. The answer arrives in any context, so the socket is what both have in common.
  render: ({ unit, interval, ...filters }) => `
tracepoint:sock:inet_sock_set_state ${where(processConditions(filters), ['args.protocol == 6', 'args.newstate == 2'])} {
  @start[args.skaddr] = nsecs;
}
tracepoint:sock:inet_sock_set_state /args.oldstate == 2 && @start[args.skaddr]/ {
  if (args.newstate == 1) {
    @${unit}[args.dport] = hist(${inUnit('nsecs - @start[args.skaddr]', unit)});
  } else {
    @failed[args.dport] = count();
  }
  delete(@start, args.skaddr);
}
${results({ maps: [`@${unit}`, '@failed'], interval, forget: ['@start'] })}`,
})
