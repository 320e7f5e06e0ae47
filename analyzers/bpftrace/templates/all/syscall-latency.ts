import { word } from '../parameters.ts'
import {
  intervalParameter,
  inUnit,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'syscall-latency',
  title: 'Latency of one system call',
  question: 'How long does this system call take?',
  tags: ['syscalls', 'latency', 'histogram'],
  parameters: {
    syscall: word({
      description: 'Name of the system call, as its tracepoint has it',
      default: 'read',
      pattern: /^[a-z_][a-z0-9_]{0,63}$/,
      within: 'tracepoint:syscalls:sys_enter_',
    }),
    key: keyParameter('comm'),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ syscall, key, unit, interval, ...filters }, target) => {
    const enter = target.tracepoint([`syscalls:sys_enter_${syscall}`])
    return `
tracepoint:${enter} ${where(processConditions(filters))} { @start[tid] = nsecs; }
tracepoint:syscalls:sys_exit_${syscall} /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
${results({ maps: [`@${unit}`], interval, forget: ['@start'] })}`
  },
})
