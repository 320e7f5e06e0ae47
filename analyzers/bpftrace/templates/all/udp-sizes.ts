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

export default template({
  name: 'udp-sizes',
  title: 'Sizes of UDP datagrams',
  question: 'Who sends or receives UDP, and how large are the datagrams?',
  tags: ['network', 'UDP', 'sizes', 'kernel', 'histogram'],
  parameters: {
    direction: choice({ description: 'Which way', choices: ['send', 'receive'], default: 'send' }),
    key: keyParameter('comm'),
    ...processFilters,
    interval: intervalParameter(),
  },
  render({ direction, key, interval, ...filters }, target) {
    const probe = target.functionProbe(direction === 'send' ? 'udp_sendmsg' : 'udp_recvmsg')
    const [point, bytes] = direction === 'send' ? [probe.entry, probe.argument('len', 2)] : [probe.exit, probe.returned]
    const arrived = direction === 'send' ? [] : [`${probe.returned} >= 0`]
    return `
${point} ${where(processConditions(filters), arrived)} { @bytes[${keyText(key)}] = hist(${bytes}); }
${results({ maps: ['@bytes'], interval })}`
  },
})
