import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'privilege-changes',
  title: 'Changes of user, one by one',
  question: 'Which processes change the user they run as?',
  tags: ['security', 'users', 'events'],
  parameters: { ...processFilters },
  render: (values) => `
begin { printf("%-8s %-16s %-8s %s\\n", "PID", "COMM", "UID", "BECOMES"); }
tracepoint:syscalls:sys_enter_setuid ${where(processConditions(values))} {
  printf("%-8d %-16s %-8d %d\\n", pid, comm, uid, args.uid);
}
tracepoint:syscalls:sys_enter_setresuid ${where(processConditions(values))} {
  printf("%-8d %-16s %-8d %d\\n", pid, comm, uid, args.euid);
}`,
})
