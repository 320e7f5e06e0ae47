import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tcp-accepts',
  title: 'Accepted TCP connections, one by one',
  question: 'Who accepts connections, and from where?',
  tags: ['network', 'TCP', 'connections', 'kernel', 'events'],
  parameters: { ...processFilters },
  render: (values, target) => `
begin { printf("%-8s %-16s %-6s %-40s %s\\n", "PID", "COMM", "PORT", "FROM", "QUEUE"); }
${target.functionReturn('inet_csk_accept').exit} ${where(processConditions(values), 'retval != 0')} {
  $socket = (struct sock *)retval;
  $port = $socket->__sk_common.skc_num;
  $queued = $socket->sk_ack_backlog;
  $limit = $socket->sk_max_ack_backlog;
  if ($socket->__sk_common.skc_family == 2) {
    printf("%-8d %-16s %-6d %-40s %d/%d\\n", pid, comm, $port,
      ntop($socket->__sk_common.skc_daddr), $queued, $limit);
  } else {
    printf("%-8d %-16s %-6d %-40s %d/%d\\n", pid, comm, $port,
      ntop($socket->__sk_common.skc_v6_daddr.in6_u.u6_addr8), $queued, $limit);
  }
}`,
})
