import { integer, path } from '../parameters.ts'
import { pathText, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'malloc-live',
  title: 'Memory that is allocated and not freed',
  question: 'Which code paths allocate memory that is not freed while we look?',
  tags: ['memory', 'malloc', 'leaks', 'uprobe', 'stacks'],
  parameters: {
    path: path({ description: 'The library that has malloc and free', default: 'libc' }),
    depth: integer({ description: 'Frames at most', default: 20, maximum: 127 }),
    ...processFilters,
    top: topParameter(20),
  },
  render: ({ path, depth, top, ...filters }) => `
uprobe:${pathText(path)}:malloc ${where(processConditions(filters))} { @asked[tid] = arg0; }
uretprobe:${pathText(path)}:malloc /@asked[tid] && retval != 0/ {
  @size[retval] = @asked[tid];
  @stack[retval] = ustack(${depth});
  @live_bytes[ustack(${depth})] = sum((int64)@asked[tid]);
  delete(@asked, tid);
}
uprobe:${pathText(path)}:free /@size[arg0]/ {
  @live_bytes[@stack[arg0]] = sum(-(int64)@size[arg0]);
  delete(@size, arg0);
  delete(@stack, arg0);
}
${results({ maps: ['@live_bytes'], top, forget: ['@asked', '@size', '@stack'] })}`,
})
