import { intervalParameter, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'wakeups',
  title: 'Who wakes whom',
  question: 'Which threads wake which others?',
  tags: ['scheduler', 'wakeups', 'top'],
  parameters: { ...processFilters, top: topParameter(20), interval: intervalParameter() },
  render: ({ top, interval, ...filters }) => `
tracepoint:sched:sched_wakeup ${where(processConditions(filters))} { @wakes[comm, args.comm] = count(); }
${results({ maps: ['@wakes'], top, interval })}`,
})
