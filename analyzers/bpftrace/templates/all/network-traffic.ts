import { choice, duration } from '../parameters.ts'
import { results } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'network-traffic',
  title: 'Packets and bytes by network interface',
  question: 'How much goes over which network interface?',
  tags: ['network', 'packets', 'interfaces', 'rate'],
  parameters: {
    direction: choice({ description: 'Which way', choices: ['send', 'receive'], default: 'send' }),
    interval: duration({
      description: 'Print and start afresh after every such time',
      default: '1s',
      minimum: '100ms',
    }),
  },
  render: ({ direction, interval }) => `
tracepoint:net:${direction === 'send' ? 'net_dev_queue' : 'netif_receive_skb'} {
  @packets[str(args.name)] = count();
  @bytes[str(args.name)] = sum(args.len);
}
${results({ maps: ['@packets', '@bytes'], interval })}`,
})
