/**
 * A call graph as DOT text for Graphviz, with the nodes, calls, labels and colours that google/pprof gives it: boxes as
 * large as their own value, the redder the larger their share, dotted where a call stands for several.
 */
import { baseName } from '../paths.ts'
import type { Profile } from '../profile.ts'
import { scale } from '../units.ts'
import { reportLines } from './header.ts'
import { label, percentage } from './measure.ts'
import { compareBytes, sortEdges } from './node-order.ts'
import type { Tag } from './node-tags.ts'
import { chooseUnit, type FormatValue, makeReport, type Report, type ReportOptions, valueFormat } from './report.ts'
import { cumOf, flatOf, magnitude, meanOrSum, type ReportEdge, type ReportNode } from './report-graph.ts'
import { shortName } from './short-name.ts'
import { leastValues } from './tables.ts'
import { MAX_TAGS_SHOWN, type TrimmedGraph, trimmedGraph } from './trim.ts'

export interface DotReport {
  readonly report: Report
  readonly graph: TrimmedGraph
  readonly format: FormatValue
}

export function dotReport(profile: Profile, options: ReportOptions): DotReport {
  const report = makeReport(profile, options)
  const graph = trimmedGraph(report, { nodecount: 80, trim: true, isVisual: true, honorsCallTree: true })
  return { report, graph, format: valueFormat(report, chooseUnit(report, leastValues(graph))) }
}

export function* dotText({ report, graph, format }: DotReport): Generator<string> {
  const [main] = report.view.whole.mappings
  const title = main === undefined || main.file === '' ? 'unnamed' : baseName(main.file)
  yield `digraph "${escaped(title)}" {\nnode [style=filled fillcolor="#f8f8f8"]\n`
  const legend = reportLines(report, graph, format, { isPicture: true })
  const shown = legend.map((line) => `${escaped(line)}\\l`).join('')
  const tooltip = title === 'unnamed' ? '' : ` tooltip="${escaped(title)}"`
  yield `subgraph cluster_L { "${escaped(legend[0] ?? '')}" [shape=box fontsize=16 label="${shown}"${tooltip}] }\n`
  const numbers = new Map(graph.nodes.map((node, index) => [node, index + 1]))
  const largest = graph.nodes.reduce((most, node) => Math.max(most, Number(magnitude(flatOf(node)))), 0)
  const withTags = new Set<ReportNode>()
  for (const node of graph.nodes) {
    const number = numbers.get(node) ?? 0
    yield nodeLine(report, node, number, largest, format)
    const boxes = tagBoxes(node, `N${number}`, format)
    if (boxes !== '') withTags.add(node)
    yield boxes
  }
  for (const edge of sortEdges(graph.nodes.flatMap((node) => [...node.out.values()]))) {
    const ends = `N${numbers.get(edge.from) ?? 0} -> N${numbers.get(edge.to) ?? 0}`
    yield `${ends} [${edgeAttributes(report, edge, format)}${withTags.has(edge.from) ? ' minlen=2' : ''}]\n`
  }
  yield '}\n'
}

function nodeLine(report: Report, node: ReportNode, number: number, largest: number, format: FormatValue): string {
  const flat = flatOf(node)
  const cum = cumOf(node)
  const share = (value: bigint) => `${format(value)} (${percentage(value, report.total).trim()})`
  const own = flat === 0n ? '0' : share(flat)
  const all = cum === flat ? '' : `${flat === 0n ? ' ' : '\\n'}of ${share(cum)}`
  const size = Number(magnitude(flat))
  // From 8 to 24 points, by the root: small differences among small nodes can be seen.
  const growth = largest > 0 && size > 0 && size <= largest ? Math.ceil(16 * Math.sqrt(size / largest)) : 0
  const score = Number(cum) / Math.abs(Number(report.total))
  const colors = `color="${dotColor(score, false)}" fillcolor="${dotColor(score, true)}"`
  const tooltip = `${escaped(node.frame.name)} (${format(cum)})`
  return `N${number} [label="${multiline(node)}${own}${all}" id="node${number}" fontsize=${8 + growth} shape=box tooltip="${tooltip}" ${colors}]\n`
}

/** The name over several lines: package, type and method. */
function multiline({ frame }: ReportNode): string {
  const name = escaped(shortName(frame.functionName))
    .replaceAll('::', '\\n')
    .replaceAll('[...]', '[…]')
    .replaceAll('.', '\\n')
  const parts: string[] = []
  if (frame.address !== 0n) parts.push(frame.address.toString(16).padStart(16, '0'))
  if (name !== '') parts.push(name)
  const file = frame.file === '' ? '' : baseName(frame.file)
  const hasFile = frame.name !== frame.functionName
  if (frame.line !== 0) parts.push(`${file}:${frame.line}${frame.column === 0 ? '' : `:${frame.column}`}`)
  else if (hasFile && file !== '') parts.push(file)
  else if (name === '') parts.push(escaped(frame.name))
  return `${parts.join('\\n')}\\n`
}

function edgeAttributes(report: Report, edge: ReportEdge, format: FormatValue): string {
  const weight = meanOrSum(edge.weight, edge.count)
  const shown = format(weight)
  const { total } = report
  const arrow = edge.residual ? '...' : '->'
  const tooltip = `"${escaped(edge.from.frame.name)} ${arrow} ${escaped(edge.to.frame.name)} (${shown})"`
  const parts = [`label=" ${shown}${edge.inline ? '\\n (inline)' : ''}"`]
  if (total !== 0n) {
    const portion = (of: bigint) => {
      const part = magnitude(BigInt.asIntN(64, weight * of) / total)
      return 1 + Number(part < of ? part : of)
    }
    const pull = portion(100n)
    const width = portion(5n)
    if (pull > 1) parts.push(`weight=${pull}`)
    if (width > 1) parts.push(`penwidth=${width}`)
    parts.push(`color="${dotColor(Number(weight) / Math.abs(Number(total)), false)}"`)
  }
  parts.push(`tooltip=${tooltip} labeltooltip=${tooltip}`)
  if (edge.residual) parts.push('style="dotted"')
  return parts.join(' ')
}

/** The boxes of a node's labels. A node without shown calls stands for what it calls too. */
function tagBoxes(node: ReportNode, id: string, format: FormatValue): string {
  const isInner = node.out.size > 0
  let boxes = ''
  const texts = sortedTags(node.tags.texts.values(), isInner).slice(0, MAX_TAGS_SHOWN)
  for (const [index, tag] of texts.entries()) {
    const value = valueOfTag(tag, isInner)
    if (value === 0n) continue
    const shown = format(value)
    const box = `${id}_${index}`
    boxes += `${box} [label = "${escapedTag(tag.name)}" id="${box}" fontsize=8 shape=box3d tooltip="${shown}"]\n`
    boxes += `${id} -> ${box} [label=" ${shown}" weight=100 tooltip="${shown}" labeltooltip="${shown}"]\n`
    boxes += numberBoxes(node.tags.numbers.get(tag.name), isInner, box, format)
  }
  return boxes + numberBoxes(node.tags.numbers.get(''), isInner, id, format)
}

function numberBoxes(
  tags: ReadonlyMap<string, Tag> | undefined,
  isInner: boolean,
  source: string,
  format: FormatValue,
): string {
  if (tags === undefined) return ''
  let boxes = ''
  for (const [index, tag] of collapsed([...tags.values()], isInner).entries()) {
    const isOwn = isInner || valueOfTag(tag, true) === valueOfTag(tag, false)
    const value = valueOfTag(tag, isOwn)
    if (value === 0n) continue
    const shown = format(value)
    const box = `N${source}_${index}`
    const style = isOwn ? '' : ' style="dotted"'
    boxes += `${box} [label = "${escapedTag(tag.name)}" id="${box}" fontsize=8 shape=box3d tooltip="${shown}"]\n`
    boxes += `${source} -> ${box} [label=" ${shown}" weight=100 tooltip="${shown}" labeltooltip="${shown}"${style}]\n`
  }
  return boxes
}

const valueOfTag = (tag: Tag, isFlat: boolean): bigint =>
  isFlat ? meanOrSum(tag.flat, tag.flatCount) : meanOrSum(tag.cum, tag.cumCount)

function sortedTags(tags: Iterable<Tag>, isFlat: boolean): Tag[] {
  const order = (left: bigint, right: bigint) => {
    const difference = magnitude(right) - magnitude(left)
    return left === right || difference === 0n ? 0 : difference > 0n ? 1 : -1
  }
  return [...tags].sort(
    (left, right) =>
      (isFlat ? 0 : order(left.cum, right.cum)) || order(left.flat, right.flat) || compareBytes(left.name, right.name),
  )
}

/** At most so many as there is room for: what is close to a large one joins it, and is shown as a range. */
function collapsed(tags: readonly Tag[], isFlat: boolean): Tag[] {
  const sorted = sortedTags(tags, isFlat)
  if (sorted.length <= MAX_TAGS_SHOWN) return sorted
  const groups = sorted.slice(0, MAX_TAGS_SHOWN).map((tag) => [tag])
  for (const tag of sorted.slice(MAX_TAGS_SHOWN)) {
    const distances = groups.map(([first]) => (first === undefined ? Number.POSITIVE_INFINITY : distance(tag, first)))
    groups[distances.indexOf(Math.min(...distances))]?.push(tag)
  }
  return sortedTags(groups.map(joined), isFlat)
}

function distance(tag: Tag, other: Tag): number {
  return Math.abs(Number(tag.value) - scale(Number(other.value), other.unit, tag.unit).value)
}

function joined(tags: readonly Tag[]): Tag {
  const [first, ...rest] = tags
  if (first === undefined) throw new Error('a group has at least one tag')
  let least = first
  let most = first
  const sum = { ...first }
  for (const tag of rest) {
    const inUnit = (unit: string) => BigInt(Math.trunc(scale(Number(tag.value), tag.unit, unit).value))
    if (inUnit(least.unit) < least.value) least = tag
    if (inUnit(most.unit) > most.value) most = tag
    sum.flat += tag.flat
    sum.flatCount += tag.flatCount
    sum.cum += tag.cum
    sum.cumCount += tag.cumCount
  }
  const name = label(least.value, least.unit)
  const range = rest.length === 0 ? name : `${name}..${label(most.value, most.unit)}`
  const flat = meanOrSum(sum.flat, sum.flatCount)
  const cum = meanOrSum(sum.cum, sum.cumCount)
  return { ...sum, name: range, flat, flatCount: 0n, cum, cumCount: 0n }
}

/** From green over grey to red; pale for backgrounds. */
function dotColor(share: number, isBackground: boolean): string {
  const SHIFT = 0.7
  const value = isBackground ? 0.93 : 0.7
  let saturation = isBackground ? 0.1 : 1
  let score = Math.max(-1, Math.min(1, share))
  if (Math.abs(score) < 0.2) saturation *= Math.abs(score) / 0.2
  // Shares are small as a rule: they are moved away from grey.
  score = Math.sign(score) * Math.abs(score) ** (1 - SHIFT)
  const red = score < 0 ? value * (1 + saturation * score) : value
  const green = score < 0 ? value : value * (1 - saturation * score)
  const blue = value * (1 - saturation)
  const hex = (part: number) => (Number.isNaN(part) ? 0 : Math.trunc(part * 255)).toString(16).padStart(2, '0')
  return `#${hex(red)}${hex(green)}${hex(blue)}`
}

/** Line ends become left-aligned ones. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\l')
}

/** Labels are joined by line ends of DOT, which stay; quotes must not end the text. */
function escapedTag(text: string): string {
  return text.replaceAll('"', '\\"').replaceAll('\n', ' ')
}
