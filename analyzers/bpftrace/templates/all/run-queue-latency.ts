import { comm, pid } from '../parameters.ts'
import { intervalParameter, inUnit, quoted, results, unitParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'run-queue-latency',
  title: 'Run queue latency',
  question: 'How long do threads that could run wait for a CPU?',
  tags: ['scheduler', 'run queue', 'latency', 'histogram'],
  parameters: {
    tid: pid('Only this thread'),
    comm: comm(),
    unit: unitParameter(),
    interval: intervalParameter(),
  },
  render({ tid, comm, unit, interval }) {
    const wakes = [
      ...(tid === undefined ? [] : [`args.pid == ${tid}`]),
      ...(comm === undefined ? [] : [`args.comm == ${quoted(comm)}`]),
    ]
    const preempted = [
      'args.prev_state == 0',
      tid === undefined ? 'args.prev_pid > 0' : `args.prev_pid == ${tid}`,
      ...(comm === undefined ? [] : [`args.prev_comm == ${quoted(comm)}`]),
    ]
    return `
tracepoint:sched:sched_wakeup ${where(wakes)} { @queued[args.pid] = nsecs; }
tracepoint:sched:sched_wakeup_new ${where(wakes)} { @queued[args.pid] = nsecs; }
tracepoint:sched:sched_switch {
  if (${preempted.join(' && ')}) { @queued[args.prev_pid] = nsecs; }
  if (@queued[args.next_pid]) {
    @${unit} = hist(${inUnit('nsecs - @queued[args.next_pid]', unit)});
    delete(@queued, args.next_pid);
  }
}
${results({ maps: [`@${unit}`], interval, forget: ['@queued'] })}`
  },
})
