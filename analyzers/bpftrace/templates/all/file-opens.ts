import { flag } from '../parameters.ts'
import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'file-opens',
  title: 'Opened files, one by one',
  question: 'Which files are opened, by whom, and does that fail?',
  tags: ['files', 'opens', 'errors', 'events'],
  parameters: {
    failed: flag({ description: 'Only opens that fail', default: false }),
    ...processFilters,
  },
  render: ({ failed, ...filters }) => `
begin { printf("%-8s %-16s %6s %s\\n", "PID", "COMM", "RESULT", "PATH"); }
tracepoint:syscalls:sys_enter_openat ${where(processConditions(filters))} { @path[tid] = args.filename; }
tracepoint:syscalls:sys_exit_openat /@path[tid]/ {
  ${failed ? 'if (args.ret < 0) {' : ''}
  printf("%-8d %-16s %6d %s\\n", pid, comm, args.ret, str(@path[tid]));
  ${failed ? '}' : ''}
  delete(@path, tid);
}
end { clear(@path); }`,
})
