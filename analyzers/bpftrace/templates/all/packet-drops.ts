import { integer } from '../parameters.ts'
import { intervalParameter, results, topParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'packet-drops',
  title: 'Dropped packets',
  question: 'Where does the kernel drop packets, and why?',
  tags: ['network', 'packets', 'drops', 'stacks', 'top'],
  parameters: {
    depth: integer({ description: 'Frames of the stack', default: 5, maximum: 127 }),
    top: topParameter(),
    interval: intervalParameter(),
  },
  render({ depth, top, interval }, target) {
    const hasReason = target.hasField('skb:kfree_skb', 'reason')
    if (!hasReason) target.note('This kernel does not say why packets are dropped (Linux 5.17 and later do).')
    return `
tracepoint:skb:kfree_skb { @drops[${hasReason ? 'args.reason, ' : ''}kstack(${depth})] = count(); }
${results({ maps: ['@drops'], top, interval })}`
  },
})
