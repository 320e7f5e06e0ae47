import { choice, integer } from '../parameters.ts'
import { processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'blocked-stacks',
  title: 'Stacks of threads that go to sleep',
  question: 'In which kernel code do threads go to sleep?',
  tags: ['scheduler', 'stacks', 'sleep', 'off-CPU'],
  parameters: {
    state: choice({
      description: 'Which sleep',
      choices: ['uninterruptible', 'interruptible', 'any'],
      default: 'uninterruptible',
    }),
    depth: integer({ description: 'Frames at most', default: 20, maximum: 127 }),
    ...processFilters,
    top: topParameter(),
  },
  // Bit 0 of the state is an interruptible sleep, bit 1 an uninterruptible one.
  render: ({ state, depth, top, ...filters }) => {
    const bits = { uninterruptible: 2, interruptible: 1, any: 3 }[state]
    return `
tracepoint:sched:sched_switch ${where(processConditions(filters), `(args.prev_state & ${bits}) != 0`)} {
  @sleeps[kstack(${depth}), args.prev_comm] = count();
}
${results({ maps: ['@sleeps'], top })}`
  },
})
