import { duration } from '../parameters.ts'
import { durationText, inUnit, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'slow-block-io',
  title: 'Slow block I/O, one by one',
  question: 'Which single requests kept a disk busy for long?',
  tags: ['block I/O', 'disks', 'latency', 'threshold', 'events'],
  parameters: {
    threshold: duration({ description: 'Only requests that took at least this long', default: '10ms' }),
    unit: unitParameter('ms'),
  },
  render: ({ threshold, unit }) => `
begin { printf("%-9s %-16s %-8s %-12s %-8s %s\\n", "DEVICE", "COMM", "KIND", "SECTOR", "BYTES", "${unit}"); }
tracepoint:block:block_rq_issue {
  @start[args.dev, args.sector] = nsecs;
  @issuer[args.dev, args.sector] = comm;
}
tracepoint:block:block_rq_complete /@start[args.dev, args.sector]/ {
  $took = nsecs - @start[args.dev, args.sector];
  if ($took >= ${durationText(threshold)}) {
    printf("%3d:%-5d %-16s %-8s %-12d %-8d %d\\n", args.dev >> 20, args.dev & 0xfffff,
      @issuer[args.dev, args.sector], args.rwbs, args.sector, args.nr_sector * 512, ${inUnit('$took', unit)});
  }
  delete(@start, (args.dev, args.sector));
  delete(@issuer, (args.dev, args.sector));
}
end { clear(@start); clear(@issuer); }`,
})
