import { duration } from '../parameters.ts'
import { durationText, inUnit, processConditions, processFilters, unitParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'slow-syscalls',
  title: 'Slow system calls, one by one',
  question: 'Which single system calls took longer than they should?',
  tags: ['syscalls', 'latency', 'threshold', 'events'],
  parameters: {
    threshold: duration({ description: 'Only calls that took at least this long', default: '10ms' }),
    unit: unitParameter('ms'),
    ...processFilters,
  },
  render({ threshold, unit, ...filters }, target) {
    const [name, format] = target.hasFunction('syscall_name')
      ? ['syscall_name(args.id)', '%-20s']
      : ['args.id', '%-20d']
    target.note('Calls that wait for others, such as futex and epoll_wait, take long by design.')
    return `
begin { printf("%-16s %-8s %-20s %10s %s\\n", "COMM", "PID", "SYSCALL", "${unit}", "RESULT"); }
tracepoint:raw_syscalls:sys_enter ${where(processConditions(filters))} { @start[tid] = nsecs; }
tracepoint:raw_syscalls:sys_exit /@start[tid]/ {
  $took = nsecs - @start[tid];
  if ($took >= ${durationText(threshold)}) {
    printf("%-16s %-8d ${format} %10d %d\\n", comm, pid, ${name}, ${inUnit('$took', unit)}, args.ret);
  }
  delete(@start, tid);
}
end { clear(@start); }`
  },
})
