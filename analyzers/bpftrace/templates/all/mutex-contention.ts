import { duration, integer, path } from '../parameters.ts'
import {
  durationText,
  inUnit,
  pathText,
  processConditions,
  processFilters,
  results,
  topParameter,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'mutex-contention',
  title: 'Contended mutexes of a program',
  question: 'Which mutexes do threads wait for, and from which code?',
  tags: ['locks', 'mutex', 'uprobe', 'stacks', 'latency'],
  parameters: {
    path: path({ description: 'The library that has pthread_mutex_lock', default: 'libc' }),
    threshold: duration({ description: 'Only waits of at least this long', default: '10us' }),
    depth: integer({ description: 'Frames at most', default: 10, maximum: 127 }),
    unit: unitParameter(),
    ...processFilters,
    top: topParameter(),
  },
  render: ({ path, threshold, depth, unit, top, ...filters }) => `
uprobe:${pathText(path)}:pthread_mutex_lock ${where(processConditions(filters))} { @start[tid] = nsecs; @mutex[tid] = (uint8 *)arg0; }
uretprobe:${pathText(path)}:pthread_mutex_lock /@start[tid]/ {
  $waited = nsecs - @start[tid];
  if ($waited >= ${durationText(threshold)}) {
    @waited_${unit}[@mutex[tid], ustack(${depth}), comm] = sum(${inUnit('$waited', unit)});
  }
  delete(@start, tid);
  delete(@mutex, tid);
}
${results({ maps: [`@waited_${unit}`], top, forget: ['@start', '@mutex'] })}`,
})
