import { comm } from '../parameters.ts'
import { intervalParameter, quoted, results, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'block-sizes',
  title: 'Block I/O sizes',
  question: 'How large are the requests to disks, and whose are they?',
  tags: ['block I/O', 'disks', 'sizes', 'histogram'],
  parameters: { comm: comm('Only requests issued by threads with this name'), interval: intervalParameter() },
  render: ({ comm, interval }) => `
tracepoint:block:block_rq_issue ${where(comm === undefined ? [] : [`args.comm == ${quoted(comm)}`])} {
  @bytes[args.comm, args.rwbs] = hist(args.bytes);
}
${results({ maps: ['@bytes'], interval })}`,
})
