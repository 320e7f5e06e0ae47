/** The report `list`: the source of functions with the values of each line, as `go tool pprof -list` prints it. */
import { compileRegularExpression } from '../../shared/regular-expression.ts'
import type { Profile } from '../profile.ts'
import { percentage } from './measure.ts'
import { compareBytes } from './node-order.ts'
import { makeReport, type Report, type ReportOptions, valueFormat } from './report.ts'
import { allNodes, cumOf, flatOf, type ReportNode } from './report-graph.ts'

/** The lines of a source file that a profile names, first line at index 0; undefined where it is not at hand. */
export type LinesOfFile = (file: string) => readonly string[] | undefined

export interface SourceLine {
  readonly line: number
  readonly flat: bigint
  readonly cum: bigint
  /** undefined where the source is not at hand. */
  readonly text: string | undefined
}

export interface ListedSource {
  readonly name: string
  /** '' where the profile does not say. */
  readonly file: string
  readonly flat: bigint
  readonly cum: bigint
  readonly lines: readonly SourceLine[]
  readonly hasSource: boolean
}

/** Source lines to show before the first and behind the last with a value. */
const MARGIN = 5

export interface SourceList {
  readonly report: Report
  readonly functions: readonly ListedSource[]
}

/** The functions that match, by name, then by file. */
export function listSources(profile: Profile, regex: string, options: ReportOptions, find: LinesOfFile): SourceList {
  const pattern = compileRegularExpression(regex)
  const report = makeReport(profile, { ...options, granularity: 'line', binaries: true })
  const groups = new Map<string, ReportNode[]>()
  for (const node of allNodes(report.view)) {
    const { functionName, file } = node.frame
    if (!pattern.test(functionName) || functionName === '') continue
    const key = `${functionName}\0${file}`
    groups.set(key, [...(groups.get(key) ?? []), node])
  }
  const functions = Array.from(groups.values(), (nodes) => listed(nodes, find))
  functions.sort((left, right) => compareBytes(left.name, right.name) || compareBytes(left.file, right.file))
  return { report, functions }
}

function listed(nodes: readonly ReportNode[], find: LinesOfFile): ListedSource {
  const { functionName = '', file = '' } = nodes[0]?.frame ?? {}
  const sum = (of: (node: ReportNode) => bigint, some: readonly ReportNode[]) =>
    some.reduce((total, node) => BigInt.asIntN(64, total + of(node)), 0n)
  const byLine = new Map<number, ReportNode[]>()
  for (const node of nodes) byLine.set(node.frame.line, [...(byLine.get(node.frame.line) ?? []), node])
  const source = file === '' ? undefined : find(file)
  const starts = nodes.map(({ frame }) => (frame.startLine > 0 ? frame.startLine : frame.line - MARGIN))
  // No spreading into arguments: a profile may name any number of lines.
  const first = Math.max(
    1,
    starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY),
  )
  const lowest = nodes.reduce((most, { frame }) => Math.max(most, frame.line), 0)
  const last = Math.min(lowest + MARGIN, source?.length ?? 0)
  const numbers =
    source === undefined
      ? [...byLine.keys()].sort((left, right) => left - right)
      : Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  const lines = numbers.map((line) => {
    const here = byLine.get(line) ?? []
    return { line, flat: sum(flatOf, here), cum: sum(cumOf, here), text: source?.[line - 1] }
  })
  const hasSource = source !== undefined
  return { name: functionName, file, flat: sum(flatOf, nodes), cum: sum(cumOf, nodes), lines, hasSource }
}

export function listText({ report, functions }: SourceList): string {
  const format = valueFormat(report, report.view.unit ?? 'minimum')
  const cell = (value: bigint) => (value === 0n ? '.' : format(value)).padStart(10)
  const parts = functions.flatMap(({ name, file, flat, cum, lines, hasSource }) => {
    if (file === '') return [`No source information for ${name}`]
    return [
      `ROUTINE ======================== ${name} in ${file}`,
      `${format(flat).padStart(10)} ${format(cum).padStart(10)} (flat, cum) ${percentage(cum, report.total)} of Total`,
      ...(hasSource ? [] : [` Error: could not find file ${file}`]),
      ...lines.map(
        (each) => `${cell(each.flat)} ${cell(each.cum)} ${String(each.line).padStart(6)}:${each.text ?? ''}`,
      ),
    ]
  })
  return [`Total: ${format(report.total)}`, ...parts].map((line) => `${line}\n`).join('')
}
