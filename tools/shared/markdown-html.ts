/**
 * Our own Markdown as one HTML page without scripts or outside content. It knows what the texts of results use (headings,
 * paragraphs, tables, lists, quotes, code, bold) and shows everything else as plain text.
 */
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
  table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
  th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .2rem .8rem .2rem 0; text-align: left; overflow-wrap: anywhere }
  code { font-family: ui-monospace, monospace; font-size: .92em }
  blockquote { border-left: 3px solid currentColor; margin: 1rem 0; padding-left: 1rem; opacity: .85 }`

export function htmlPage(title: string, markdown: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`
  return `<!doctype html>\n<html lang="en"><head>${head}<style>${style}\n</style></head>\n<body>\n${htmlBlocks(markdown)}\n</body></html>\n`
}

export function htmlBlocks(markdown: string): string {
  return markdown
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map(htmlBlock)
    .join('\n')
}

function htmlBlock(block: string): string {
  const lines = block.split('\n')
  const heading = /^(#{1,6}) (.*)$/.exec(lines[0] ?? '')
  if (heading !== null && lines.length === 1) {
    const level = heading[1]?.length ?? 1
    return `<h${level}>${inline(heading[2] ?? '')}</h${level}>`
  }
  if (/^\| .* \|$/.test(lines[0] ?? '') && /^\|( ?:?-+:? ?\|)+$/.test(lines[1] ?? '')) return htmlTable(lines)
  if (lines.every((line) => line.startsWith('- '))) {
    return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`
  }
  if (lines.every((line) => line.startsWith('> '))) {
    return `<blockquote>${lines.map((line) => inline(line.slice(2))).join('<br>')}</blockquote>`
  }
  return `<p>${lines.map(inline).join('<br>')}</p>`
}

function htmlTable(lines: readonly string[]): string {
  const [head = '', , ...rows] = lines
  const row = (line: string, tag: 'th' | 'td') =>
    `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join('')}</tr>`
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((line) => row(line, 'td')).join('\n')}</tbody></table>`
}

/** A border that stands in a cell is written `\|`. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\|\s?/, '')
    .replace(/\s?\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
