import { intervalParameter, results, topParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'tcp-retransmits',
  title: 'TCP retransmissions by peer',
  question: 'To which peers are segments sent again?',
  tags: ['network', 'TCP', 'retransmissions', 'top'],
  parameters: { top: topParameter(), interval: intervalParameter() },
  render: ({ top, interval }) => `
tracepoint:tcp:tcp_retransmit_skb {
  if (args.family == 2) {
    @retransmits[ntop(args.daddr), args.dport] = count();
  } else {
    @retransmits6[ntop(args.daddr_v6), args.dport] = count();
  }
}
${results({ maps: ['@retransmits', '@retransmits6'], top, interval })}`,
})
