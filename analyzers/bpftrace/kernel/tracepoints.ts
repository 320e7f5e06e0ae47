/**
 * Tracepoint formats by name: read one by one as they are asked for, whether the texts come from tracefs or from the
 * packed text of a snapshot (`category/event`, then the lines of its format that say something, then an empty line).
 */
import type { TracepointFormat } from '../kernel-facts.ts'
import { parseTracepointFormat } from './tracepoint-format.ts'

export interface TracepointFacts {
  tracepoint(category: string, event: string): TracepointFormat | undefined
  /** `category:event`, sorted. */
  names(): readonly string[]
}

/**
 * @param names `category:event`
 * @param read The text of one format file; undefined when it cannot be read.
 */
export function lazyTracepoints(
  names: Iterable<string>,
  read: (category: string, event: string) => string | undefined,
): TracepointFacts {
  const sorted = [...new Set(names)].sort()
  const known = new Set(sorted)
  const formats = new Map<string, TracepointFormat | undefined>()
  return {
    tracepoint(category, event) {
      const name = `${category}:${event}`
      if (!known.has(name)) return undefined
      if (!formats.has(name)) {
        const text = read(category, event)
        formats.set(name, text === undefined ? undefined : parseTracepointFormat(category, event, text))
      }
      return formats.get(name)
    },
    names: () => sorted,
  }
}

/** What a format file says beyond what every event has. */
export function packTracepoint(category: string, event: string, text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const fields = lines.filter((line) => line.startsWith('field:'))
  const own = fields.filter((line) => !/^field:[^;]*\bcommon_\w+;/.test(line))
  const print = lines.filter((line) => line.startsWith('print fmt: '))
  return [`${category}:${event}`, ...(own.length > 0 ? own : fields), ...print, '', ''].join('\n')
}

export function unpackTracepoints(packed: string): TracepointFacts {
  const texts = new Map<string, string>()
  for (const block of packed.split('\n\n')) {
    const end = block.indexOf('\n')
    if (end > 0) texts.set(block.slice(0, end), block.slice(end + 1))
    else if (block !== '') texts.set(block, '')
  }
  return lazyTracepoints(texts.keys(), (category, event) => texts.get(`${category}:${event}`))
}
