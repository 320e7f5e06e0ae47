import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'process-starts',
  title: 'Started programs, one by one',
  question: 'Which programs are started, with which arguments, and by whom?',
  tags: ['processes', 'exec', 'events'],
  parameters: { ...processFilters },
  render: (values) => `
begin { printf("%-8s %-16s %s\\n", "PID", "STARTED BY", "COMMAND"); }
tracepoint:syscalls:sys_enter_execve ${where(processConditions(values))} {
  printf("%-8d %-16s ", pid, comm);
  join(args.argv);
}`,
})
