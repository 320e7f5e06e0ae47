import { choice } from '../parameters.ts'
import {
  intervalParameter,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

const functions = { send: 'tcp_sendmsg', receive: 'tcp_recvmsg' } as const

export default template({
  name: 'socket-sizes',
  title: 'Sizes of socket reads and writes',
  question: 'How much do programs send or receive at once?',
  tags: ['network', 'sockets', 'sizes', 'histogram'],
  parameters: {
    direction: choice({ description: 'Which way', choices: ['send', 'receive'], default: 'send' }),
    key: keyParameter('comm'),
    ...processFilters,
    interval: intervalParameter(),
  },
  render({ direction, key, interval, ...filters }, target) {
    const tracepoint = direction === 'send' ? 'sock:sock_send_length' : 'sock:sock_recv_length'
    const conditions = processConditions(filters)
    if (target.hasTracepoint(tracepoint)) {
      target.note(`The tracepoint ${tracepoint} is used (Linux 6.3 and later); older kernels need a kprobe.`)
      return `
tracepoint:${tracepoint} ${where(conditions, 'args.ret > 0')} { @bytes[${keyText(key)}] = hist(args.ret); }
${results({ maps: ['@bytes'], interval })}`
    }
    target.note(`This kernel has no tracepoint ${tracepoint}: the return of ${functions[direction]} is used, TCP only.`)
    const { exit, returned } = target.functionReturn(functions[direction])
    return `
${exit} ${where(conditions, `${returned} > 0`)} { @bytes[${keyText(key)}] = hist(${returned}); }
${results({ maps: ['@bytes'], interval })}`
  },
})
