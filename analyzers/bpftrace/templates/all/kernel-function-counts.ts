import { kernelFunction } from '../parameters.ts'
import { intervalParameter, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'kernel-function-counts',
  title: 'Calls of kernel functions',
  question: 'Which of these kernel functions are called, and how often?',
  tags: ['kernel', 'functions', 'counts'],
  parameters: {
    function: kernelFunction({ description: 'Name or pattern of functions', default: 'vfs_*', wildcards: true }),
    ...processFilters,
    top: topParameter(20),
    interval: intervalParameter(),
  },
  render: ({ function: name, top, interval, ...filters }, target) => `
${target.functionPattern(name)} ${where(processConditions(filters))} { @calls[func] = count(); }
${results({ maps: ['@calls'], top, interval })}`,
})
