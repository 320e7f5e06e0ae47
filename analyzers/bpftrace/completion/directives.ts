/** What follows a hash at the start of a line: directives of the C preprocessor that programs use. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${1:name}` is how a snippet writes a tab stop.
import type { CompletionItem } from './item.ts'

export function directives(): CompletionItem[] {
  return [
    snippet('#include <…>', 'C header of the system', '#include <$0>', true),
    snippet('#include "…"', 'C header beside the script', '#include "$0"', true),
    snippet('#define', 'constant', '#define ${1:NAME} ${0:1}'),
    snippet('#ifdef', 'only when defined', '#ifdef ${1:NAME}\n$0\n#endif'),
    snippet('#ifndef', 'only when not defined', '#ifndef ${1:NAME}\n$0\n#endif'),
  ].map((item, rank) => ({ ...item, rank: 5 + rank }))
}

function snippet(label: string, detail: string, insert: string, goesOn = false): CompletionItem {
  return {
    label,
    kind: 'keyword',
    detail,
    insert,
    snippet: true,
    rank: 5,
    ...(goesOn && { next: 'completion' as const }),
  }
}
