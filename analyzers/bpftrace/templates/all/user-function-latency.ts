import { path, symbol } from '../parameters.ts'
import {
  intervalParameter,
  inUnit,
  keyParameter,
  keyText,
  pathText,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'user-function-latency',
  title: 'Latency of a function in a program or library',
  question: 'How long do calls of this function take?',
  tags: ['uprobe', 'functions', 'latency', 'histogram'],
  parameters: {
    path: path({ description: 'The program or library', default: 'libc' }),
    function: symbol({ description: 'The function', default: 'getaddrinfo' }),
    key: keyParameter('comm'),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ path, function: name, key, unit, interval, ...filters }) => `
uprobe:${pathText(path)}:${name} ${where(processConditions(filters))} { @start[tid] = nsecs; }
uretprobe:${pathText(path)}:${name} /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
${results({ maps: [`@${unit}`], interval, forget: ['@start'] })}`,
})
