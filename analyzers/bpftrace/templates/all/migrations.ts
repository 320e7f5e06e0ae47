import { intervalParameter, results, topParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'migrations',
  title: 'Threads that move between CPUs',
  question: 'Which threads does the scheduler move, and between which CPUs?',
  tags: ['scheduler', 'migrations', 'top'],
  parameters: { top: topParameter(20), interval: intervalParameter() },
  render: ({ top, interval }, target) => `
tracepoint:sched:sched_migrate_task { @moves[${target.textField('sched:sched_migrate_task', 'comm')}, args.orig_cpu, args.dest_cpu] = count(); }
${results({ maps: ['@moves'], top, interval })}`,
})
