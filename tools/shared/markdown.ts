/**
 * Markdown for the text of results. Names in it come from files and may hold anything: they are made harmless here, so
 * that no file can add rows, headings or control characters to what an agent reads.
 */

/** One table; cells that come from data go through `cell` first. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text from a file as one table cell: no control characters, no cell borders, bounded. */
export function cell(text: string, limit = 160): string {
  const clean = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('|', '\\|')
    .trim()
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean
}

/** Text from a file inside a sentence: as `cell`, and marked as code. */
export function code(text: string, limit = 160): string {
  const clean = cell(text, limit).replaceAll('`', "'")
  return `\`${clean}\``
}

/** A fenced block whose fence is longer than any in the text. */
export function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${text.replace(/\n?$/, '\n')}${ticks}`
}
