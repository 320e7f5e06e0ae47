import { intervalParameter, processConditions, processFilters, results, topParameter, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'kernel-allocations',
  title: 'Kernel allocations by caller',
  question: 'Which kernel code allocates memory?',
  tags: ['memory', 'kernel', 'kmalloc', 'top'],
  parameters: { ...processFilters, top: topParameter(), interval: intervalParameter() },
  render: ({ top, interval, ...filters }) => `
tracepoint:kmem:kmalloc ${where(processConditions(filters))} {
  @bytes[ksym(args.call_site)] = sum(args.bytes_alloc);
}
${results({ maps: ['@bytes'], top, interval })}`,
})
