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
  render: ({ key, unit, interval, ...filters }) => `
tracepoint:vmscan:mm_vmscan_direct_reclaim_begin ${where(processConditions(filters))} { @start[tid] = nsecs; }
tracepoint:vmscan:mm_vmscan_direct_reclaim_end /@start[tid]/ {
  @${unit}[${keyText(key)}] = hist(${inUnit('nsecs - @start[tid]', unit)});
  @freed_pages[${keyText(key)}] = sum(args.nr_reclaimed);
  delete(@start, tid);
}
${results({ maps: [`@${unit}`, '@freed_pages'], interval, forget: ['@start'] })}`,
})
