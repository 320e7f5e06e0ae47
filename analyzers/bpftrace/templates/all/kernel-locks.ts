import { integer } from '../parameters.ts'
import { intervalParameter, inUnit, results, topParameter, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'kernel-locks',
  title: 'Contended locks of the kernel',
  question: 'Which kernel code waits for locks, and for how long?',
  tags: ['locks', 'kernel', 'stacks', 'latency'],
  parameters: {
    depth: integer({ description: 'Frames of the stack', default: 6, maximum: 127 }),
    unit: unitParameter(),
    top: topParameter(),
    interval: intervalParameter(),
  },
  render({ depth, unit, top, interval }, target) {
    if (!target.hasTracepoint('lock:contention_begin')) {
      target.note('This kernel has no tracepoint lock:contention_begin (Linux 5.19 and later): mutexes alone are seen.')
      const { entry, exit } = target.functionProbe('__mutex_lock_slowpath')
      return `
${entry} { @start[tid] = nsecs; }
${exit} /@start[tid]/ {
  @waited_${unit}[kstack(${depth})] = sum(${inUnit('nsecs - @start[tid]', unit)});
  delete(@start, tid);
}
${results({ maps: [`@waited_${unit}`], top, interval, forget: ['@start'] })}`
    }
    return `
tracepoint:lock:contention_begin { @start[tid, args.lock_addr] = nsecs; }
tracepoint:lock:contention_end /@start[tid, args.lock_addr]/ {
  $waited = nsecs - @start[tid, args.lock_addr];
  @waited_${unit}[kstack(${depth})] = sum(${inUnit('$waited', unit)});
  @waits[kstack(${depth})] = count();
  delete(@start, (tid, args.lock_addr));
}
${results({ maps: [`@waited_${unit}`, '@waits'], top, interval, forget: ['@start'] })}`
  },
})
