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
  name: 'syscalls-by-process',
  title: 'System calls by process',
  question: 'Who makes the most system calls?',
  tags: ['syscalls', 'processes', 'top'],
  parameters: { key: keyParameter('process'), ...processFilters, top: topParameter(), interval: intervalParameter() },
  render: (values) => `
tracepoint:raw_syscalls:sys_enter ${where(processConditions(values))} { @calls[${keyText(values.key)}] = count(); }
${results({ maps: ['@calls'], top: values.top, interval: values.interval })}`,
})
