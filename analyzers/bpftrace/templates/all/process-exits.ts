import {
  intervalParameter,
  inUnit,
  processConditions,
  processFilters,
  results,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'process-exits',
  title: 'Lifetime of short-lived processes',
  question: 'How long do processes live that start and end while we look?',
  tags: ['processes', 'exit', 'lifetime', 'histogram'],
  parameters: { ...processFilters, unit: unitParameter('ms'), interval: intervalParameter() },
  render: ({ unit, interval, ...filters }) => `
tracepoint:sched:sched_process_exec ${where(processConditions(filters))} { @born[pid] = nsecs; }
tracepoint:sched:sched_process_exit /@born[pid] && pid == tid/ {
  @${unit}[comm] = hist(${inUnit('nsecs - @born[pid]', unit)});
  @exits[comm] = count();
  delete(@born, pid);
}
${results({ maps: [`@${unit}`, '@exits'], interval, forget: ['@born'] })}`,
})
