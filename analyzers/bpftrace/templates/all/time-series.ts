import { duration, integer, probe } from '../parameters.ts'
import { durationText, keyParameter, keyText, processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'time-series',
  title: 'Time series of an event, drawn in the terminal',
  question: 'How is this event spread over the last intervals?',
  tags: ['time series', 'rate', 'probes'],
  since: '0.24',
  parameters: {
    probe: probe({ description: 'The event', default: 'tracepoint:sched:sched_switch' }),
    interval: duration({ description: 'Time of one point', default: '100ms', minimum: '1ms', maximum: '1m' }),
    points: integer({ description: 'Points that are kept', default: 20, maximum: 1_000_000 }),
    key: keyParameter('cpu'),
    ...processFilters,
  },
  render: ({ probe, interval, points, key, ...filters }) => `
config = { unstable_tseries = enable; }
${probe} ${where(processConditions(filters))} {
  @events[${keyText(key)}] = tseries(1, ${durationText(interval)}, ${points}, "sum");
}`,
})
