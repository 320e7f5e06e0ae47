/** Files that an import or include can name. Which there are is asked of the outside. */
import type { CompletionItem, CompletionSources } from './item.ts'
import type { Place } from './place.ts'

/** A folder of headers has some hundreds. */
const limit = 500

export function files(
  { use, written, quoted }: Extract<Place, { kind: 'file' }>,
  following: string | undefined,
  list: CompletionSources['files'],
): { items: CompletionItem[]; incomplete: boolean } {
  const paths = list?.(use, written) ?? []
  const close = use === 'system-include' ? '>' : '"'
  const items = paths.slice(0, limit).map((label): CompletionItem => {
    const isFolder = label.endsWith('/')
    // Quotes and brackets that the editor has not put there yet are ours to close.
    const end = isFolder || following === close ? '' : close
    const insert = `${quoted ? '' : '"'}${label}${end}`
    const detail = isFolder ? 'folder' : ''
    return {
      label,
      kind: 'file',
      detail,
      insert,
      rank: isFolder ? 2 : 1,
      ...(isFolder && { next: 'completion' as const }),
    }
  })
  return { items, incomplete: paths.length > limit }
}
