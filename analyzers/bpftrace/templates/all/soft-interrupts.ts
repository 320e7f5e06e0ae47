import { intervalParameter, inUnit, results, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'soft-interrupts',
  title: 'Time in soft interrupts',
  question: 'Which soft interrupts run, and how long do they take?',
  tags: ['interrupts', 'latency', 'histogram'],
  parameters: { unit: unitParameter('us'), interval: intervalParameter() },
  render: ({ unit, interval }) => `
begin {
  @name[0] = "HI"; @name[1] = "TIMER"; @name[2] = "NET_TX"; @name[3] = "NET_RX"; @name[4] = "BLOCK";
  @name[5] = "IRQ_POLL"; @name[6] = "TASKLET"; @name[7] = "SCHED"; @name[8] = "HRTIMER"; @name[9] = "RCU";
}
tracepoint:irq:softirq_entry { @start[cpu, args.vec] = nsecs; }
tracepoint:irq:softirq_exit /@start[cpu, args.vec]/ {
  $took = nsecs - @start[cpu, args.vec];
  @${unit}[@name[args.vec]] = hist(${inUnit('$took', unit)});
  delete(@start, (cpu, args.vec));
}
${results({ maps: [`@${unit}`], interval, forget: ['@start', '@name'] })}`,
})
