import { intervalParameter, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'syscall-errors',
  title: 'Failing system calls',
  question: 'Which system calls fail, for whom, and with which error?',
  tags: ['syscalls', 'errors', 'top'],
  parameters: { ...processFilters, top: topParameter(20), interval: intervalParameter() },
  render(values, target) {
    const name = target.spelling('syscall_name', {
      with: 'syscall_name(args.id)',
      without: 'args.id',
      note: 'system calls are shown by number.',
    })
    // Before 0.27 the text of an error is accepted as a key and cannot be printed.
    const named = target.atLeast('0.27')
    const error = named ? 'strerror(-args.ret)' : '-args.ret'
    if (!named) target.note('Errors are shown by number (errno).')
    const failed = ['args.ret < 0', 'args.ret > -4096']
    return `
tracepoint:raw_syscalls:sys_exit ${where(processConditions(values), failed)} { @errors[comm, ${name}, ${error}] = count(); }
${results({ maps: ['@errors'], top: values.top, interval: values.interval })}`
  },
})
