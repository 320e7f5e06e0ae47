import { choice, probe } from '../parameters.ts'
import {
  intervalParameter,
  inUnit,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'latency-between',
  title: 'Time between two probes',
  question: 'How much time passes from one event to another?',
  tags: ['latency', 'histogram', 'probes'],
  parameters: {
    start: probe({ description: 'Where the time begins', default: 'tracepoint:syscalls:sys_enter_nanosleep' }),
    end: probe({ description: 'Where it ends', default: 'tracepoint:syscalls:sys_exit_nanosleep' }),
    match: choice({
      description: 'What both events have in common',
      choices: ['thread', 'process', 'cpu'],
      default: 'thread',
    }),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ start, end, match, unit, interval, ...filters }) => {
    const key = { thread: 'tid', process: 'pid', cpu: 'cpu' }[match]
    return `
${start} ${where(processConditions(filters))} { @start[${key}] = nsecs; }
${end} /@start[${key}]/ {
  @${unit} = hist(${inUnit(`nsecs - @start[${key}]`, unit)});
  @total_${unit} = stats(${inUnit(`nsecs - @start[${key}]`, unit)});
  delete(@start, ${key});
}
${results({ maps: [`@${unit}`, `@total_${unit}`], interval, forget: ['@start'] })}`
  },
})
