import { integer, path } from '../parameters.ts'
import { pathText, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'malloc-stacks',
  title: 'Bytes allocated by stack',
  question: 'Which code paths allocate the most memory with malloc?',
  tags: ['memory', 'malloc', 'uprobe', 'stacks'],
  parameters: {
    path: path({ description: 'The library that has malloc', default: 'libc' }),
    minimum: integer({ description: 'Only allocations of at least so many bytes', default: 1, maximum: 1_000_000_000 }),
    depth: integer({ description: 'Frames at most', default: 20, maximum: 127 }),
    ...processFilters,
    top: topParameter(20),
  },
  render: ({ path, minimum, depth, top, ...filters }) => `
uprobe:${pathText(path)}:malloc ${where(processConditions(filters), minimum > 1 ? [`arg0 >= ${minimum}`] : [])} {
  @bytes[ustack(${depth}), comm] = sum(arg0);
}
${results({ maps: ['@bytes'], top })}`,
})
