import { choice, duration } from '../parameters.ts'
import { durationText, inUnit, processConditions, processFilters, unitParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'slow-file-io',
  title: 'Slow reads and writes, one by one',
  question: 'Which single reads or writes took longer than they should?',
  tags: ['files', 'reads', 'writes', 'latency', 'threshold', 'events'],
  parameters: {
    call: choice({
      description: 'Which system call',
      choices: ['read', 'write', 'pread64', 'pwrite64', 'fsync', 'fdatasync'],
      default: 'read',
    }),
    threshold: duration({ description: 'Only calls that took at least this long', default: '1ms' }),
    unit: unitParameter('us'),
    ...processFilters,
  },
  render: ({ call, threshold, unit, ...filters }) => `
begin { printf("%-16s %-8s %-5s %10s %10s\\n", "COMM", "PID", "FD", "BYTES", "${unit}"); }
tracepoint:syscalls:sys_enter_${call} ${where(processConditions(filters))} { @start[tid] = nsecs; @fd[tid] = args.fd; }
tracepoint:syscalls:sys_exit_${call} /@start[tid]/ {
  $took = nsecs - @start[tid];
  if ($took >= ${durationText(threshold)}) {
    printf("%-16s %-8d %-5d %10d %10d\\n", comm, pid, @fd[tid], args.ret, ${inUnit('$took', unit)});
  }
  delete(@start, tid);
  delete(@fd, tid);
}
end { clear(@start); clear(@fd); }`,
})
