import { integer } from '../parameters.ts'
import { processConditions, processFilters, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'signals',
  title: 'Signals, one by one',
  question: 'Who sends which signal to whom?',
  tags: ['signals', 'events'],
  parameters: {
    signal: integer({ description: 'Only this signal by number; 0 for all', default: 0, minimum: 0, maximum: 64 }),
    ...processFilters,
  },
  render: ({ signal, ...filters }) => `
begin { printf("%-8s %-16s %-6s %-8s %s\\n", "FROM", "COMM", "SIGNAL", "TO", "COMM"); }
tracepoint:signal:signal_generate ${where(processConditions(filters), signal === 0 ? [] : [`args.sig == ${signal}`])} {
  printf("%-8d %-16s %-6d %-8d %s\\n", pid, comm, args.sig, args.pid, args.comm);
}`,
})
