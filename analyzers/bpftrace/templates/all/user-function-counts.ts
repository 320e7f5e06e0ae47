import { path, symbol } from '../parameters.ts'
import {
  intervalParameter,
  keyParameter,
  keyText,
  pathText,
  processConditions,
  processFilters,
  results,
  topParameter,
  where,
} from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'user-function-counts',
  title: 'Calls of a function in a program or library',
  question: 'Who calls this function, and how often?',
  tags: ['uprobe', 'functions', 'counts'],
  parameters: {
    path: path({ description: 'The program or library', default: 'libc' }),
    function: symbol({ description: 'The function', default: 'fopen' }),
    key: keyParameter('process'),
    ...processFilters,
    top: topParameter(),
    interval: intervalParameter(),
  },
  render: ({ path, function: name, key, top, interval, ...filters }) => `
uprobe:${pathText(path)}:${name} ${where(processConditions(filters))} { @calls[${keyText(key)}] = count(); }
${results({ maps: ['@calls'], top, interval })}`,
})
