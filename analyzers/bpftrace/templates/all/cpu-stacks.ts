import { choice, integer } from '../parameters.ts'
import { processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'cpu-stacks',
  title: 'CPU samples by stack',
  question: 'Which code is on CPU?',
  tags: ['CPU', 'stacks', 'sampling', 'flame graph'],
  parameters: {
    frequency: integer({ description: 'Samples per second on each CPU', default: 99, maximum: 1000 }),
    stack: choice({ description: 'Whose stack', choices: ['both', 'kernel', 'user'], default: 'both' }),
    depth: integer({ description: 'Frames at most', default: 127, maximum: 127 }),
    ...processFilters,
    top: topParameter(1000),
  },
  render: ({ frequency, stack, depth, top, ...filters }) => {
    const stacks = { kernel: `kstack(${depth})`, user: `ustack(${depth})`, both: `ustack(${depth}), kstack(${depth})` }
    return `
profile:hz:${frequency} ${where(processConditions(filters))} { @samples[${stacks[stack]}, comm] = count(); }
${results({ maps: ['@samples'], top })}`
  },
})
