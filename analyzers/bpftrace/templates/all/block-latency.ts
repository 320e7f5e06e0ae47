import { choice } from '../parameters.ts'
import { intervalParameter, inUnit, results, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'block-latency',
  title: 'Block I/O latency',
  question: 'How long do disks take to answer?',
  tags: ['block I/O', 'disks', 'latency', 'histogram'],
  parameters: {
    from: choice({
      description: 'Measure from when the device got the request, or from when it was queued',
      choices: ['device', 'queue'],
      default: 'device',
    }),
    unit: unitParameter(),
    interval: intervalParameter(),
  },
  render({ from, unit, interval }, target) {
    const start =
      from === 'device' ? 'block:block_rq_issue' : target.tracepoint(['block:block_io_start', 'block:block_rq_insert'])
    target.note('Disks are shown by their major and minor numbers, which `lsblk` lists with their names.')
    return `
tracepoint:${start} { @start[args.dev, args.sector] = nsecs; }
tracepoint:block:block_rq_complete /@start[args.dev, args.sector]/ {
  $took = nsecs - @start[args.dev, args.sector];
  @${unit}[args.dev >> 20, args.dev & 0xfffff] = hist(${inUnit('$took', unit)});
  delete(@start, (args.dev, args.sector));
}
${results({ maps: [`@${unit}`], interval, forget: ['@start'] })}`
  },
})
