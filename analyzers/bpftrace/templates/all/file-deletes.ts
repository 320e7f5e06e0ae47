import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'file-deletes',
  title: 'Deleted files, one by one',
  question: 'Who deletes which files?',
  tags: ['files', 'deletes', 'events'],
  parameters: { ...processFilters },
  render: (values) => `
begin { printf("%-8s %-16s %s\\n", "PID", "COMM", "PATH"); }
tracepoint:syscalls:sys_enter_unlink ${where(processConditions(values))} {
  printf("%-8d %-16s %s\\n", pid, comm, str(args.pathname));
}
tracepoint:syscalls:sys_enter_unlinkat ${where(processConditions(values))} {
  printf("%-8d %-16s %s\\n", pid, comm, str(args.pathname));
}`,
})
