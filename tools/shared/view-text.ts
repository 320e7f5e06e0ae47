/** Markdown that all views of profiles share: the head line, notes, values with their unit. */
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import type { ExactInteger } from '../../analyzers/pprof/int64.ts'
import type { ValueType } from '../../analyzers/pprof/profile.ts'
import { scaledText } from '../../analyzers/pprof/units.ts'
import { cell } from './markdown.ts'

export interface ViewHead {
  readonly sample_type: ValueType
  readonly unit_shown?: string | undefined
  readonly total: ExactInteger
  readonly pct_base: ExactInteger
  readonly notes: readonly string[]
}

/** The unit values are in, and the one they are to be shown in where one was asked for. */
export interface Units {
  readonly unit: string
  readonly shown: string | undefined
}

export function unitsOf(result: Pick<ViewHead, 'sample_type' | 'unit_shown'>): Units {
  return { unit: result.sample_type.unit, shown: result.unit_shown }
}

export function value(amount: ExactInteger, units: Units | string): string {
  const { unit, shown } = typeof units === 'string' ? { unit: units, shown: undefined } : units
  return shown === undefined ? formatValue(Number(amount), unit) : scaledText(Number(amount), unit, shown)
}

export function percent(part: number): string {
  return formatPercent(part, 100)
}

/** `cpu: 1.2 s of 3.4 s` and the notes. */
export function viewHead(result: ViewHead): string {
  const { type } = result.sample_type
  const total = value(result.total, unitsOf(result))
  const base = value(result.pct_base, unitsOf(result))
  const line = `**${cell(type)}**: ${total === base ? total : `${total} of ${base}`}`
  return [line, ...result.notes.map((note) => `> ${cell(note, 400)}`)].join('\n\n')
}

export function omittedLine(omitted: number, how: string): string {
  return omitted === 0 ? '' : `\n\n${omitted} more: ${how}.`
}
