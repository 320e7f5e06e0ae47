import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'process-starts',
  title: 'Started programs, one by one',
  question: 'Which programs are started, with which arguments, and by whom?',
  tags: ['processes', 'exec', 'events'],
  parameters: { ...processFilters },
  // Who looks for a program along the search path asks for one path after the other, until one is there.
  render: (values) => `
begin { printf("%-8s %-16s %s\\n", "PID", "STARTED BY", "COMMAND"); }
tracepoint:syscalls:sys_enter_execve ${where(processConditions(values), '!@searching[tid]')} {
  @searching[tid] = 1;
  printf("%-8d %-16s ", pid, comm);
  join(args.argv);
}
tracepoint:sched:sched_process_exec /@searching[args.old_pid]/ { delete(@searching, args.old_pid); }
tracepoint:sched:sched_process_exit /@searching[tid]/ {
  printf("%-8d %-16s was not found, or not started\\n", pid, comm);
  delete(@searching, tid);
}
end { clear(@searching); }`,
})
