import { path, word } from '../parameters.ts'
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
  name: 'usdt-counts',
  title: 'Static probes of a program (USDT)',
  question: 'How often do the static probes of this program fire?',
  tags: ['USDT', 'counts', 'top'],
  parameters: {
    path: path({ description: 'The program or library that has the probe', default: 'libc' }),
    provider: word({
      description: 'Provider of the probe',
      default: 'libc',
      pattern: /^[A-Za-z_]\w{0,63}$/,
      within: 'usdt:{path}:',
    }),
    probe: word({
      description: 'Name of the probe',
      default: 'memory_sbrk_more',
      pattern: /^[A-Za-z_]\w{0,127}$/,
      within: 'usdt:{path}:{provider}:',
    }),
    key: keyParameter('process'),
    ...processFilters,
    top: topParameter(),
    interval: intervalParameter(),
  },
  render: ({ path, provider, probe, key, top, interval, ...filters }) => `
usdt:${pathText(path)}:${provider}:${probe} ${where(processConditions(filters))} { @fired[${keyText(key)}] = count(); }
${results({ maps: ['@fired'], top, interval })}`,
})
