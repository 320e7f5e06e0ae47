import { probe } from '../parameters.ts'
import { intervalParameter, results, topParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'cgroup-breakdown',
  title: 'An event by cgroup',
  question: 'Which containers or services cause this event?',
  tags: ['cgroups', 'containers', 'counts', 'top'],
  parameters: {
    probe: probe({ description: 'The event', default: 'tracepoint:raw_syscalls:sys_enter' }),
    top: topParameter(),
    interval: intervalParameter(),
  },
  render({ probe, top, interval }, target) {
    // Up to 0.23 a path is accepted as a key and cannot be printed; 0.27 prints it.
    const named = target.atLeast('0.27')
    // The path of a cgroup of the first version is empty.
    const key = named ? 'cgroup, cgroup_path(cgroup)' : 'cgroup'
    if (!named) target.note('Cgroups are shown by number: `find /sys/fs/cgroup -inum N` names them.')
    return `
${probe} { @events[${key}] = count(); }
${results({ maps: ['@events'], top, interval })}`
  },
})
