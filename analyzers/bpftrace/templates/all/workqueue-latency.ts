import { intervalParameter, inUnit, results, topParameter, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'workqueue-latency',
  title: 'Time of kernel work items',
  question: "Which work items keep the kernel's workers busy?",
  tags: ['kernel', 'workqueue', 'latency'],
  parameters: { unit: unitParameter(), top: topParameter(), interval: intervalParameter() },
  render: ({ unit, top, interval }) => `
tracepoint:workqueue:workqueue_execute_start { @start[tid] = nsecs; @work[tid] = args.function; }
tracepoint:workqueue:workqueue_execute_end /@start[tid]/ {
  @total_${unit}[ksym(@work[tid])] = sum(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
  delete(@work, tid);
}
${results({ maps: [`@total_${unit}`], top, interval, forget: ['@start', '@work'] })}`,
})
