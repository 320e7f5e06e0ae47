import { choice, comm, duration, integer, pid } from '../parameters.ts'
import { durationText, inUnit, quoted, results, topParameter, unitParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'off-cpu',
  title: 'Time off CPU by stack',
  question: 'Where do threads wait, and for how long?',
  tags: ['scheduler', 'off-CPU', 'stacks', 'latency'],
  parameters: {
    tid: pid('Only this thread'),
    comm: comm(),
    threshold: duration({ description: 'Only waits of at least this long', default: '1ms' }),
    stack: choice({ description: 'Whose stack', choices: ['kernel', 'user'], default: 'kernel' }),
    depth: integer({ description: 'Frames at most', default: 20, maximum: 127 }),
    unit: unitParameter('us'),
    top: topParameter(20),
  },
  // The stack at a switch is that of the thread that leaves.
  render({ tid, comm, threshold, stack, depth, unit, top }) {
    const leaves = [
      tid === undefined ? 'args.prev_pid > 0' : `args.prev_pid == ${tid}`,
      ...(comm === undefined ? [] : [`args.prev_comm == ${quoted(comm)}`]),
    ].join(' && ')
    return `
tracepoint:sched:sched_switch {
  if (${leaves}) {
    @left[args.prev_pid] = nsecs;
    @stack[args.prev_pid] = ${stack === 'kernel' ? 'kstack' : 'ustack'}(${depth});
  }
  if (@left[args.next_pid]) {
    $away = nsecs - @left[args.next_pid];
    if ($away >= ${durationText(threshold)}) {
      @waited_${unit}[@stack[args.next_pid], args.next_comm] = sum(${inUnit('$away', unit)});
    }
    delete(@left, args.next_pid);
    delete(@stack, args.next_pid);
  }
}
${results({ maps: [`@waited_${unit}`], top, forget: ['@left', '@stack'] })}`
  },
})
