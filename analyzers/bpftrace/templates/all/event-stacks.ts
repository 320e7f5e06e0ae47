import { choice, integer, probe } from '../parameters.ts'
import { processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'event-stacks',
  title: 'Stacks that lead to an event',
  question: 'Which code paths lead to this event?',
  tags: ['stacks', 'counts', 'probes'],
  parameters: {
    probe: probe({ description: 'The event', default: 'tracepoint:block:block_rq_issue' }),
    stack: choice({ description: 'Whose stack', choices: ['kernel', 'user', 'both'], default: 'kernel' }),
    depth: integer({ description: 'Frames at most', default: 20, maximum: 127 }),
    top: topParameter(),
    ...processFilters,
  },
  render: ({ probe, stack, depth, top, ...filters }) => {
    const stacks = { kernel: `kstack(${depth})`, user: `ustack(${depth})`, both: `ustack(${depth}), kstack(${depth})` }
    return `
${probe} ${where(processConditions(filters))} { @stacks[${stacks[stack]}, comm] = count(); }
${results({ maps: ['@stacks'], top })}`
  },
})
