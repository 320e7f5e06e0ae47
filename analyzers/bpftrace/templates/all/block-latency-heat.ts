import { duration, integer } from '../parameters.ts'
import { timer } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'block-latency-heat',
  title: 'Disk latency over time',
  question: 'How does the spread of disk latency change over time?',
  tags: ['block I/O', 'disks', 'latency', 'heat map', 'time series'],
  parameters: {
    interval: duration({ description: 'One histogram for every such time', default: '1s', minimum: '100ms' }),
    maximum: integer({ description: 'Milliseconds at which the histogram ends', default: 100, maximum: 10_000 }),
    buckets: integer({ description: 'Buckets of equal width', default: 20, minimum: 2, maximum: 200 }),
  },
  render: ({ interval, maximum, buckets }) => {
    const width = Math.max(1, Math.ceil((maximum * 1000) / buckets))
    return `
tracepoint:block:block_rq_issue { @start[args.dev, args.sector] = nsecs; }
tracepoint:block:block_rq_complete /@start[args.dev, args.sector]/ {
  $took = nsecs - @start[args.dev, args.sector];
  @us = lhist($took / 1000, 0, ${width * buckets}, ${width});
  delete(@start, (args.dev, args.sector));
}
${timer(interval)} { time("%H:%M:%S\\n"); print(@us); clear(@us); }
end { clear(@start); }`
  },
})
