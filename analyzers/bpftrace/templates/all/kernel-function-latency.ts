import { kernelFunction } from '../parameters.ts'
import {
  intervalParameter,
  inUnit,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'kernel-function-latency',
  title: 'Latency of a kernel function',
  question: 'How long does this kernel function take?',
  tags: ['kernel', 'functions', 'latency', 'histogram'],
  parameters: {
    function: kernelFunction({ description: 'The function', default: 'vfs_read' }),
    key: keyParameter('comm'),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ function: name, key, unit, interval, ...filters }, target) => {
    const { entry, exit } = target.functionProbe(name)
    return `
${entry} ${where(processConditions(filters))} { @start[tid] = nsecs; }
${exit} /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
${results({ maps: [`@${unit}`], interval, forget: ['@start'] })}`
  },
})
