/** The report `topproto`: the rows of `top` as a profile of their own, one sample with `cum` and `flat` for each. */
import { truncateToInt64 } from '../int64.ts'
import type { Profile } from '../profile.ts'
import { ProfileBuilder } from '../profile-builder.ts'
import { scale } from '../units.ts'
import { chooseUnit, makeReport, type ReportOptions } from './report.ts'
import { cumOf, flatOf } from './report-graph.ts'
import { leastValues } from './tables.ts'
import { trimmedGraph } from './trim.ts'

export function topProfile(profile: Profile, options: ReportOptions): Profile {
  const report = makeReport(profile, options)
  const graph = trimmedGraph(report, {
    nodecount: 0,
    trim: true,
    callsOf: ({ frames }) => new Uint8Array(frames.length),
  })
  const unit = chooseUnit(report, leastValues(graph))
  const own = report.view.sampleType.unit
  const builder = new ProfileBuilder([
    { type: 'cum', unit },
    { type: 'flat', unit },
  ])
  const inUnit = (value: bigint) => truncateToInt64(scale(Number(value), own, unit).value)
  for (const node of graph.nodes) {
    const { functionName, file, startLine, line, column, address } = node.frame
    const functionRow = builder.addFunction({ name: functionName, systemName: '', filename: file, startLine })
    const location = builder.addLocation({ address, lines: [{ functionRow, line, column }] })
    builder.addSample([location], [inUnit(cumOf(node)), inUnit(flatOf(node))], [])
  }
  const { timeNanos, durationNanos, periodType, period } = report.view.whole
  return builder.finish({ timeNanos, durationNanos, period, ...(periodType === null ? {} : { periodType }) })
}
