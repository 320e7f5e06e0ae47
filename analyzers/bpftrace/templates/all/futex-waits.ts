import { duration } from '../parameters.ts'
import {
  durationText,
  intervalParameter,
  inUnit,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  topParameter,
  unitParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'futex-waits',
  title: 'Time in futex waits',
  question: 'Who waits for locks of user space, and for how long?',
  tags: ['locks', 'futex', 'latency', 'top'],
  parameters: {
    threshold: duration({ description: 'Only waits of at least this long', default: '10us' }),
    key: keyParameter('process'),
    unit: unitParameter(),
    ...processFilters,
    top: topParameter(),
    interval: intervalParameter(),
  },
  // The low bits of the operation are the command: 0 is FUTEX_WAIT, 9 FUTEX_WAIT_BITSET.
  render: ({ threshold, key, unit, top, interval, ...filters }) => `
tracepoint:syscalls:sys_enter_futex ${where(processConditions(filters), '((args.op & 127) == 0 || (args.op & 127) == 9)')} {
  @start[tid] = nsecs;
}
tracepoint:syscalls:sys_exit_futex /@start[tid]/ {
  $waited = nsecs - @start[tid];
  if ($waited >= ${durationText(threshold)}) {
    @total_${unit}[${keyText(key)}] = sum(${inUnit('$waited', unit)});
    @waits[${keyText(key)}] = count();
  }
  delete(@start, tid);
}
${results({ maps: [`@total_${unit}`, '@waits'], top, interval, forget: ['@start'] })}`,
})
