import { choice } from '../parameters.ts'
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

const functions = { read: 'vfs_read', write: 'vfs_write', open: 'vfs_open', fsync: 'vfs_fsync_range' } as const

export default template({
  name: 'file-system-latency',
  title: 'Latency of file system operations',
  question: 'How long do file systems take to read, write, open or sync?',
  tags: ['file systems', 'files', 'latency', 'histogram'],
  parameters: {
    operation: choice({ description: 'Which operation', choices: ['read', 'write', 'open', 'fsync'], default: 'read' }),
    key: keyParameter('comm'),
    unit: unitParameter(),
    ...processFilters,
    interval: intervalParameter(),
  },
  render({ operation, key, unit, interval, ...filters }, target) {
    const { entry, exit } = target.functionProbe(functions[operation])
    return `
${entry} ${where(processConditions(filters))} { @start[tid] = nsecs; }
${exit} /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
${results({ maps: [`@${unit}`], interval, forget: ['@start'] })}`
  },
})
