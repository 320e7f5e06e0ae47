import { integer } from '../parameters.ts'
import { intervalParameter, keyParameter, keyText, results, topParameter } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'cpu-by-process',
  title: 'CPU samples by process',
  question: 'Who is on CPU?',
  tags: ['CPU', 'processes', 'sampling', 'top'],
  parameters: {
    frequency: integer({ description: 'Samples per second on each CPU', default: 99, maximum: 1000 }),
    key: keyParameter('process'),
    top: topParameter(),
    interval: intervalParameter(),
  },
  // Process 0 is the idle loop.
  render: ({ frequency, key, top, interval }) => `
profile:hz:${frequency} /pid > 0/ { @samples[${keyText(key)}] = count(); }
${results({ maps: ['@samples'], top, interval })}`,
})
