import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tcp-connects',
  title: 'Outgoing TCP connections, one by one',
  question: 'Who connects to which address?',
  tags: ['network', 'TCP', 'connections', 'events'],
  parameters: { ...processFilters },
  // 6 is IPPROTO_TCP, 2 TCP_SYN_SENT and AF_INET: a connection is started by the thread that asks for it.
  render: (values) => `
begin { printf("%-8s %-16s %-40s %s\\n", "PID", "COMM", "ADDRESS", "PORT"); }
tracepoint:sock:inet_sock_set_state ${where(processConditions(values), ['args.protocol == 6', 'args.newstate == 2'])} {
  if (args.family == 2) {
    printf("%-8d %-16s %-40s %d\\n", pid, comm, ntop(args.daddr), args.dport);
  } else {
    printf("%-8d %-16s %-40s %d\\n", pid, comm, ntop(args.daddr_v6), args.dport);
  }
}`,
})
