import { choice, integer } from '../parameters.ts'
import {
  intervalParameter,
  keyParameter,
  keyText,
  processConditions,
  processFilters,
  results,
  topParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'page-faults',
  title: 'Page faults',
  question: 'Who takes page faults, and from where?',
  tags: ['memory', 'page faults', 'counts', 'top'],
  parameters: {
    kind: choice({
      description: 'Which faults',
      choices: ['page-faults', 'major-faults', 'minor-faults'],
      default: 'page-faults',
    }),
    every: integer({ description: 'Look at one in so many faults', default: 1, maximum: 1_000_000 }),
    key: keyParameter('process'),
    ...processFilters,
    top: topParameter(),
    interval: intervalParameter(),
  },
  render: ({ kind, every, key, top, interval, ...filters }) => `
software:${kind}:${every} ${where(processConditions(filters))} { @faults[${keyText(key)}] = count(); }
${results({ maps: ['@faults'], top, interval })}`,
})
