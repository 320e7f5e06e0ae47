import { intervalParameter, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'syscall-counts',
  title: 'System calls by name',
  question: 'Which system calls are made most?',
  tags: ['syscalls', 'counts', 'top'],
  parameters: { ...processFilters, top: topParameter(), interval: intervalParameter() },
  render(values, target) {
    const name = target.spelling('syscall_name', {
      with: 'syscall_name(args.id)',
      without: 'args.id',
      note: 'system calls are shown by number (ausyscall or unistd.h names them).',
    })
    return `
tracepoint:raw_syscalls:sys_enter ${where(processConditions(values))} { @calls[${name}] = count(); }
${results({ maps: ['@calls'], top: values.top, interval: values.interval })}`
  },
})
