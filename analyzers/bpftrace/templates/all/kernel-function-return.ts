import { kernelFunction } from '../parameters.ts'
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
  name: 'kernel-function-return',
  title: 'Histogram of what a kernel function returns',
  question: 'What does this kernel function return, and how often does it fail?',
  tags: ['kernel', 'functions', 'return value', 'histogram', 'errors'],
  parameters: {
    function: kernelFunction({ description: 'The function', default: 'vfs_write' }),
    key: keyParameter('comm'),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ function: name, key, interval, ...filters }, target) => {
    const { exit, returned } = target.functionReturn(name)
    return `
${exit} ${where(processConditions(filters))} {
  $result = ${returned};
  if ($result < 0) {
    @errors[${keyText(key)}] = lhist(-$result, 0, 140, 1);
  } else {
    @results[${keyText(key)}] = hist($result);
  }
}
${results({ maps: ['@results', '@errors'], interval })}`
  },
})
