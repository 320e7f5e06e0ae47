import { integer } from '../parameters.ts'
import { intervalParameter, results } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'run-queue-length',
  title: 'Run queue length',
  question: 'How many threads stand in the queues of the CPUs?',
  tags: ['scheduler', 'run queue', 'histogram', 'sampling'],
  parameters: {
    frequency: integer({ description: 'Samples per second on each CPU', default: 99, maximum: 1000 }),
    interval: intervalParameter(),
  },
  render({ frequency, interval }, target) {
    const field = target.recordField('cfs_rq', ['nr_running', 'nr_queued'])
    return `
profile:hz:${frequency} {
  $task = (struct task_struct *)curtask;
  @length = lhist($task->se.cfs_rq->${field}, 0, 100, 1);
}
${results({ maps: ['@length'], interval })}`
  },
})
