import {
  intervalParameter,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  topParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'forks',
  title: 'New processes and threads by parent',
  question: 'Who starts processes and threads?',
  tags: ['processes', 'threads', 'fork', 'top'],
  parameters: { key: keyParameter('process'), ...processFilters, top: topParameter(), interval: intervalParameter() },
  render: ({ key, top, interval, ...filters }) => `
tracepoint:sched:sched_process_fork ${where(processConditions(filters))} { @forks[${keyText(key)}] = count(); }
${results({ maps: ['@forks'], top, interval })}`,
})
