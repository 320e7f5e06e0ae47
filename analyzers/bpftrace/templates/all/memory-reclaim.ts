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
  name: 'memory-reclaim',
  title: 'Direct memory reclaim',
  question: 'Who has to free memory before getting some, and how long does that take?',
  tags: ['memory', 'reclaim', 'latency', 'histogram'],
  parameters: { key: keyParameter('process'), unit: unitParameter(), ...processFilters, interval: intervalParameter() },
  // Because the machine has none left, or the process's own cgroup.
  render: ({ key, unit, interval, ...filters }, target) => {
    const hasLimits = target.hasTracepoint('vmscan:mm_vmscan_memcg_reclaim_begin')
    const causes = hasLimits ? ['direct', 'memcg'] : ['direct']
    const at = (end: string) => causes.map((cause) => `tracepoint:vmscan:mm_vmscan_${cause}_reclaim_${end}`).join(',')
    return `
${at('begin')} ${where(processConditions(filters))} { @start[tid] = nsecs; }
${at('end')} /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  @freed_pages[${keyText(key)}] = sum(args.nr_reclaimed);
  delete(@start, tid);
}
${results({ maps: [`@${unit}`, '@freed_pages'], interval, forget: ['@start'] })}`
  },
})
