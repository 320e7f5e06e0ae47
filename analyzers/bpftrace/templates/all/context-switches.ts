import { choice } from '../parameters.ts'
import { intervalParameter, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'context-switches',
  title: 'Context switches by process',
  question: 'Who gives up the CPU, of its own will or not?',
  tags: ['scheduler', 'context switches', 'top'],
  parameters: {
    kind: choice({ description: 'Which switches', choices: ['all', 'voluntary', 'involuntary'], default: 'all' }),
    ...processFilters,
    top: topParameter(),
    interval: intervalParameter(),
  },
  // A thread that could go on running was taken off; any other waits for something.
  render: ({ kind, top, interval, ...filters }) => {
    const state = { all: [], voluntary: ['args.prev_state != 0'], involuntary: ['args.prev_state == 0'] }[kind]
    return `
tracepoint:sched:sched_switch ${where('args.prev_pid > 0', processConditions(filters), state)} {
  @switches[args.prev_comm] = count();
}
${results({ maps: ['@switches'], top, interval })}`
  },
})
