import { integer, kernelFunction } from '../parameters.ts'
import {
  intervalParameter,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'kernel-function-argument',
  title: "Histogram of a kernel function's argument",
  question: 'Which values is this kernel function called with?',
  tags: ['kernel', 'functions', 'arguments', 'histogram'],
  parameters: {
    function: kernelFunction({ description: 'The function', default: 'vfs_read' }),
    argument: integer({ description: 'Position of the argument, the first is 0', default: 2, minimum: 0, maximum: 5 }),
    key: keyParameter('comm'),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ function: name, argument, key, interval, ...filters }, target) => {
    const { entry, value } = target.functionArgument(name, argument)
    return `
${entry} ${where(processConditions(filters))} { @values[${keyText(key)}] = hist(${value}); }
${results({ maps: ['@values'], interval })}`
  },
})
