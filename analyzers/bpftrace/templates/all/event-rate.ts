import { duration, probe } from '../parameters.ts'
import { processConditions, processFilters, timer, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'event-rate',
  title: 'Rate of an event over time',
  question: 'How does the rate of this event change over time?',
  tags: ['time series', 'rate', 'probes'],
  parameters: {
    probe: probe({ description: 'The event', default: 'tracepoint:syscalls:sys_enter_openat' }),
    interval: duration({ description: 'One line for every such time', default: '1s', minimum: '100ms' }),
    ...processFilters,
  },
  render: ({ probe, interval, ...filters }) => `
${probe} ${where(processConditions(filters))} { @events = count(); }
${timer(interval)} { time("%H:%M:%S "); print(@events); clear(@events); }`,
})
