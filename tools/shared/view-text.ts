/** Markdown that all views of profiles share: the head line, notes, values with their unit. */
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import type { ExactInteger } from '../../analyzers/pprof/int64.ts'
import type { ValueType } from '../../analyzers/pprof/profile.ts'
import { cell } from './markdown.ts'

export interface ViewHead {
  readonly sample_type: ValueType
  readonly total: ExactInteger
  readonly pct_base: ExactInteger
  readonly notes: readonly string[]
}

export function value(amount: ExactInteger, unit: string): string {
  return formatValue(Number(amount), unit)
}

export function percent(part: number): string {
  return formatPercent(part, 100)
}

/** `cpu: 1.2 s of 3.4 s` and the notes. */
export function viewHead(result: ViewHead): string {
  const { type, unit } = result.sample_type
  const total = value(result.total, unit)
  const base = value(result.pct_base, unit)
  const line = `**${cell(type)}**: ${total === base ? total : `${total} of ${base}`}`
  return [line, ...result.notes.map((note) => `> ${cell(note, 400)}`)].join('\n\n')
}

export function omittedLine(omitted: number, how: string): string {
  return omitted === 0 ? '' : `\n\n${omitted} more: ${how}.`
}
