/**
 * Annotated source as one HTML page that needs nothing else: the lines of each function with their values, the hotter the
 * redder. It follows the light or dark theme of the reader and works without scripts.
 */
import { profileLines } from '../report/header.ts'
import type { ListedSource, SourceLine, SourceList } from '../report/list.ts'
import { percentage } from '../report/measure.ts'
import { valueFormat } from '../report/report.ts'
import { magnitude } from '../report/report-graph.ts'
import { xmlText } from './xml-text.ts'

const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #222; --faint: #6a6a6a; --rule: #ddd; --heat: 214, 60, 30 }
@media (prefers-color-scheme: dark) { :root { --paper: #1e1e1e; --ink: #ddd; --faint: #9a9a9a; --rule: #3c3c3c; --heat: 255, 110, 70 } }
body { margin: 1rem; background: var(--paper); color: var(--ink); font: 14px sans-serif }
h1 { font-size: 1.3rem } h2 { display: inline; font-size: 1rem; overflow-wrap: anywhere }
p { color: var(--faint) } summary { margin: 1rem 0 .3rem; cursor: pointer }
table { border-collapse: collapse; font: 12px/1.45 monospace } th, td { padding: 0 .6rem; text-align: right; white-space: pre }
th { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--rule); font-weight: normal; color: var(--faint) }
td.line { color: var(--faint) } td.source, th.source { text-align: left; tab-size: 4 }
`

export function* encodeWeblist({ report, functions }: SourceList, title: string): Generator<string> {
  const format = valueFormat(report, report.view.unit ?? 'minimum')
  const facts = profileLines(report, format).map(xmlText).join('<br>')
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${xmlText(title)}</title><style>${STYLE}</style></head><body>
<h1>${xmlText(title)}</h1>
<p>${facts}<br>Total: ${xmlText(format(report.total))}</p>
`
  for (const listed of functions) {
    yield heading(listed, format(listed.flat), format(listed.cum), percentage(listed.cum, report.total).trim())
    if (!listed.hasSource) yield '<p>Its source is not at hand; these are the lines that have values.</p>\n'
    yield '<table><thead><tr><th>Line</th><th>Flat</th><th>Cum</th><th class="source">Source</th></tr></thead><tbody>\n'
    const most = listed.lines.reduce((largest, { cum }) => Math.max(largest, Number(magnitude(cum))), 0)
    for (const line of listed.lines) yield row(line, most, format)
    yield '</tbody></table></details>\n'
  }
  yield '</body></html>\n'
}

function heading({ name, file }: ListedSource, flat: string, cum: string, share: string): string {
  const place = file === '' ? 'unknown file' : file
  return `<details open><summary><h2>${xmlText(name)}</h2> ${xmlText(place)}: ${xmlText(`${flat} flat, ${cum} cum, ${share} of total`)}</summary>\n`
}

function row({ line, flat, cum, text }: SourceLine, most: number, format: (value: bigint) => string): string {
  const cell = (value: bigint) => (value === 0n ? '.' : xmlText(format(value)))
  const heat = most === 0 ? 0 : (Number(magnitude(cum)) / most) * 0.45
  const style = heat === 0 ? '' : ` style="background:rgba(var(--heat),${heat.toFixed(3)})"`
  // Tabs are laid out by the page; other control characters would break it.
  const source = (text ?? '').split('\t').map(xmlText).join('\t')
  return `<tr${style}><td class="line">${line}</td><td>${cell(flat)}</td><td>${cell(cum)}</td><td class="source">${source}</td></tr>\n`
}
