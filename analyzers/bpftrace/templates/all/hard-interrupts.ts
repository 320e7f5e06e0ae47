import { intervalParameter, inUnit, results, topParameter, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'hard-interrupts',
  title: 'Time in hard interrupts',
  question: 'Which devices interrupt, and how long do their handlers take?',
  tags: ['interrupts', 'latency', 'histogram'],
  parameters: { unit: unitParameter('ns'), top: topParameter(20), interval: intervalParameter() },
  render: ({ unit, top, interval }) => `
tracepoint:irq:irq_handler_entry {
  @start[cpu] = nsecs;
  @irq[cpu] = args.irq;
  @device[cpu] = str(args.name);
}
tracepoint:irq:irq_handler_exit /@start[cpu] && @irq[cpu] == args.irq/ {
  @${unit}[args.irq, @device[cpu]] = hist(${inUnit('nsecs - @start[cpu]', unit)});
  delete(@start, cpu);
}
${results({ maps: [`@${unit}`], top, interval, forget: ['@start', '@irq', '@device'] })}`,
})
