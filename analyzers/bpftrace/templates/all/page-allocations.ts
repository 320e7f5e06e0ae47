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
  name: 'page-allocations',
  title: 'Page allocations by order',
  question: 'Who takes pages from the kernel, and how many at once?',
  tags: ['memory', 'pages', 'kmem', 'top'],
  parameters: { key: keyParameter('comm'), ...processFilters, top: topParameter(20), interval: intervalParameter() },
  render: ({ key, top, interval, ...filters }) => `
tracepoint:kmem:mm_page_alloc ${where(processConditions(filters))} { @pages[${keyText(key)}, args.order] = count(); }
${results({ maps: ['@pages'], top, interval })}`,
})
