import { choice } from '../parameters.ts'
import {
  intervalParameter,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  topParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'io-bytes',
  title: 'Bytes read or written by process',
  question: 'Who reads or writes the most?',
  tags: ['files', 'sockets', 'reads', 'writes', 'top'],
  parameters: {
    call: choice({
      description: 'Which system call',
      choices: ['read', 'write', 'recvfrom', 'sendto', 'readv', 'writev'],
      default: 'read',
    }),
    key: keyParameter('process'),
    ...processFilters,
    top: topParameter(),
    interval: intervalParameter(),
  },
  render: ({ call, key, top, interval, ...filters }) => `
tracepoint:syscalls:sys_exit_${call} ${where(processConditions(filters), 'args.ret > 0')} {
  @bytes[${keyText(key)}] = sum(args.ret);
}
${results({ maps: ['@bytes'], top, interval })}`,
})
