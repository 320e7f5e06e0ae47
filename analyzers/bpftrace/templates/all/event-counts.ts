import { duration, probe } from '../parameters.ts'
import { keyParameter, keyText, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'event-counts',
  title: 'Top-N of any event per interval',
  question: 'Who causes this event most, second by second?',
  tags: ['counts', 'top', 'probes', 'interval'],
  parameters: {
    probe: probe({ description: 'The event', default: 'tracepoint:sched:sched_switch' }),
    key: keyParameter('comm'),
    top: topParameter(),
    interval: duration({
      description: 'Print and start afresh after every such time',
      default: '1s',
      minimum: '100ms',
    }),
    ...processFilters,
  },
  render: ({ probe, key, top, interval, ...filters }) => `
${probe} ${where(processConditions(filters))} { @events[${keyText(key)}] = count(); }
${results({ maps: ['@events'], top, interval })}`,
})
