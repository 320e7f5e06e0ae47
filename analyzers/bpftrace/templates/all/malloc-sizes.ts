import { path } from '../parameters.ts'
import {
  intervalParameter,
  keyParameter,
  keyText,
  pathText,
  processConditions,
  processFilters,
  results,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'malloc-sizes',
  title: 'Sizes of malloc calls',
  question: 'How large are the allocations of a program?',
  tags: ['memory', 'malloc', 'uprobe', 'histogram'],
  parameters: {
    path: path({ description: 'The library that has malloc', default: 'libc' }),
    key: keyParameter('comm'),
    ...processFilters,
    interval: intervalParameter(),
  },
  render: ({ path, key, interval, ...filters }) => `
uprobe:${pathText(path)}:malloc ${where(processConditions(filters))} { @bytes[${keyText(key)}] = hist(arg0); }
${results({ maps: ['@bytes'], interval })}`,
})
