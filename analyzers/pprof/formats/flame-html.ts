/**
 * A flame graph as one HTML file that needs nothing else: the SVG, and a little script for zoom by click or key,
 * search, and reset. It works offline and under a policy that forbids every other resource.
 */
import type { FlameGraph } from '../flame-layout.ts'
import { encodeFlameSvg, type FlameSvgOptions } from './flame-svg.ts'
import { xmlText } from './xml-text.ts'

const STYLE = `
body { margin: 0; font: 13px sans-serif; background: #fff; color: #222 }
header { position: sticky; top: 0; background: #fff; padding: 8px; display: flex; gap: 8px; align-items: center }
svg { display: block; width: 100%; height: auto }
g.frame rect { stroke: #fff; stroke-width: .4; cursor: pointer }
g.frame text { pointer-events: none }
g.frame:focus { outline: none }
g.frame:focus rect, g.frame:hover rect { stroke: #000; stroke-width: 1 }
g.frame.found rect { fill: #c6f }
g.frame.away { display: none }
g.frame.above rect { opacity: .5 }
`

/** Positions come from the rectangles themselves; nothing is computed twice. */
const SCRIPT = `
const width = 1200
const frames = [...document.querySelectorAll('svg g')].map((group) => {
  const rect = group.querySelector('rect'), text = group.querySelector('text')
  group.classList.add('frame')
  group.tabIndex = -1
  const title = group.querySelector('title').textContent
  return { group, rect, text, title, name: title.replace(/: [^:]*$/, ''), x: +rect.getAttribute('x'), y: +rect.getAttribute('y'), w: +rect.getAttribute('width') }
})
const byGroup = new Map(frames.map((frame) => [frame.group, frame]))
const status = document.querySelector('output'), search = document.querySelector('input'), root = frames[0]
function show(focus) {
  const scale = width / focus.w, end = focus.x + focus.w
  const down = Math.sign((frames.find((frame) => frame.y !== root.y) || root).y - root.y)
  for (const frame of frames) {
    const above = (frame.y - focus.y) * down < 0 && frame.x <= focus.x + .01 && frame.x + frame.w >= end - .01
    const inside = (frame.y - focus.y) * down >= 0 && frame.x >= focus.x - .01 && frame.x + frame.w <= end + .01
    frame.group.classList.toggle('away', !above && !inside)
    frame.group.classList.toggle('above', above)
    const x = above ? 0 : (frame.x - focus.x) * scale, w = above ? width : frame.w * scale
    frame.rect.setAttribute('x', x)
    frame.rect.setAttribute('width', Math.max(w, 0))
    if (frame.text === null) { frame.text = document.createElementNS('http://www.w3.org/2000/svg', 'text'); frame.text.setAttribute('y', frame.y + 13); frame.group.append(frame.text) }
    const fits = Math.floor((w - 6) / 7)
    frame.text.setAttribute('x', x + 3)
    frame.text.textContent = fits < 3 ? '' : frame.name.length <= fits ? frame.name : frame.name.slice(0, fits - 1) + '…'
  }
  status.textContent = focus.title
}
function find() {
  const wanted = search.value.toLowerCase()
  let count = 0
  for (const frame of frames) {
    const found = wanted !== '' && frame.name.toLowerCase().includes(wanted)
    if (found) count++
    frame.group.classList.toggle('found', found)
  }
  status.textContent = wanted === '' ? '' : count + ' frames match'
}
document.querySelector('svg').addEventListener('click', (event) => { const frame = byGroup.get(event.target.closest('g')); if (frame) { show(frame); frame.group.focus() } })
document.querySelector('svg').addEventListener('mouseover', (event) => { const frame = byGroup.get(event.target.closest('g')); if (frame) status.textContent = frame.title })
document.querySelector('button').addEventListener('click', () => show(root))
search.addEventListener('input', find)
root && (root.group.tabIndex = 0)
document.addEventListener('keydown', (event) => {
  const at = byGroup.get(document.activeElement)
  if (event.key === 'Escape') return show(root)
  if (event.key === '/' && document.activeElement !== search) { event.preventDefault(); return search.focus() }
  if (!at) return
  if (event.key === 'Enter') return show(at)
  const shown = frames.filter((frame) => !frame.group.classList.contains('away'))
  const x = (frame) => +frame.rect.getAttribute('x'), w = (frame) => +frame.rect.getAttribute('width')
  const row = (y) => shown.filter((frame) => frame.y === y).sort((a, b) => x(a) - x(b))
  const same = row(at.y), next = { ArrowLeft: same[same.indexOf(at) - 1], ArrowRight: same[same.indexOf(at) + 1],
    ArrowUp: row(at.y - 18).find((frame) => x(frame) + w(frame) > x(at)), ArrowDown: row(at.y + 18).find((frame) => x(frame) + w(frame) > x(at)) }[event.key]
  if (next) { event.preventDefault(); next.group.focus(); status.textContent = next.title }
})
`

export function* encodeFlameHtml(graph: FlameGraph, options: FlameSvgOptions): Generator<string> {
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${xmlText(options.title)}</title><style>${STYLE}</style></head><body>
<header><label>Search <input type="search"></label><button type="button">Reset zoom</button><output aria-live="polite"></output></header>
`
  yield* encodeFlameSvg(graph, options)
  yield `<script>${SCRIPT}</script></body></html>\n`
}
