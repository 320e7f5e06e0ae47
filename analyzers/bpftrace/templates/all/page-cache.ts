import { duration } from '../parameters.ts'
import { processConditions, processFilters, results, where } from '../parts.ts'
import { template } from '../template.ts'

export default template({
  name: 'page-cache',
  title: 'Pages that enter and leave the page cache',
  question: 'Who fills the page cache?',
  tags: ['memory', 'page cache', 'files', 'counts'],
  parameters: {
    interval: duration({
      description: 'Print and start afresh after every such time',
      default: '1s',
      minimum: '100ms',
    }),
    ...processFilters,
  },
  render: ({ interval, ...filters }) => `
tracepoint:filemap:mm_filemap_add_to_page_cache ${where(processConditions(filters))} { @added[comm] = count(); }
tracepoint:filemap:mm_filemap_delete_from_page_cache ${where(processConditions(filters))} { @removed[comm] = count(); }
${results({ maps: ['@added', '@removed'], interval })}`,
})
