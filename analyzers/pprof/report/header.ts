/** The lines above a text report: what the profile says of itself, the filters, and how much is shown. */
import { truncateToInt64 } from '../int64.ts'
import { baseName } from '../paths.ts'
import { scale } from '../units.ts'
import { dateText, label, percentage } from './measure.ts'
import type { FormatValue, Report } from './report.ts'
import { flatOf, magnitude } from './report-graph.ts'
import type { TrimmedGraph } from './trim.ts'

/** Filters under the names that `go tool pprof` has for them. */
const FILTERS = [
  ['focus', 'focus'],
  ['ignore', 'ignore'],
  ['hide', 'hide'],
  ['show', 'show'],
  ['show_from', 'show_from'],
  ['tagfocus', 'tag_focus'],
  ['tagignore', 'tag_ignore'],
  ['tagshow', 'tag_show'],
  ['taghide', 'tag_hide'],
] as const

const LONGEST_FILTER = 80

/** What the profile says of itself. */
export function profileLines(report: Report, format: FormatValue): string[] {
  const { view, total } = report
  const { whole } = view
  const lines: string[] = []
  const [main] = whole.mappings
  if (main !== undefined && main.file !== '') lines.push(`File: ${baseName(main.file)}`)
  if (main !== undefined && main.buildId !== '') lines.push(`Build ID: ${main.buildId}`)
  lines.push(...whole.comments.filter((comment) => !comment.startsWith('#')))
  const { type, unit } = view.sampleType
  if (type !== '') lines.push(`Type: ${view.divisors === null ? '' : 'mean_'}${type}`)
  if (whole.docUrl !== '') lines.push(`Doc: ${whole.docUrl}`)
  if (whole.timeNanos !== 0n) lines.push(`Time: ${dateText(whole.timeNanos)}`)
  if (whole.durationNanos !== 0n) {
    const nanos = scale(Number(total), unit, 'nanoseconds')
    const isTime = nanos.unit === 'ns' && nanos.value !== 0
    const share = isTime ? `(${percentage(truncateToInt64(nanos.value), whole.durationNanos)})` : ''
    lines.push(`Duration: ${label(whole.durationNanos, 'nanoseconds')}, Total samples = ${format(total)} ${share}`)
  }
  return lines
}

/** All lines; `withEdges` for pictures, which say too how many calls were left out. */
export function reportLines(
  report: Report,
  graph: TrimmedGraph,
  format: FormatValue,
  { isPicture = false }: { readonly isPicture?: boolean } = {},
): string[] {
  const { options, total } = report
  const lines = options.compact_labels === true && !isPicture ? [] : profileLines(report, format)
  const filters = FILTERS.flatMap(([name, field]) => (options[field] ? [`${name}=${options[field]}`] : []))
  if (filters.length > 0) lines.push('Active filters:', ...filters.map((filter) => `   ${shortened(filter)}`))
  const shown = BigInt.asIntN(
    64,
    graph.nodes.reduce((sum, node) => sum + flatOf(node), 0n),
  )
  lines.push(
    `Showing nodes accounting for ${format(shown)}, ${percentage(shown, total).trim()} of ${format(total)} total`,
  )
  if (total === 0n) return lines
  const cut = (fraction: number) => format(magnitude(truncateToInt64(Number(total) * fraction)))
  if (graph.droppedNodes > 0) {
    lines.push(`Dropped ${counted(graph.droppedNodes, 'node')} (cum <= ${cut(options.node_fraction ?? 0.005)})`)
  }
  if (isPicture && graph.droppedEdges > 0) {
    lines.push(`Dropped ${counted(graph.droppedEdges, 'edge')} (freq <= ${cut(options.edge_fraction ?? 0.001)})`)
  }
  const { length } = graph.nodes
  if (length > 0 && length < graph.candidates) lines.push(`Showing top ${length} nodes out of ${graph.candidates}`)
  return lines
}

const counted = (count: number, what: string) => `${count} ${what}${count > 1 ? 's' : ''}`

/** By bytes, as the original cuts it. */
function shortened(filter: string): string {
  const bytes = new TextEncoder().encode(filter)
  return bytes.length <= LONGEST_FILTER ? filter : `${new TextDecoder().decode(bytes.subarray(0, LONGEST_FILTER))}…`
}
