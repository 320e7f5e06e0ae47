/**
 * What the view says about a frame, formatted in the user's language: used by tooltip, status line, table and assistive
 * technology, so that all show the same numbers.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import type { ViewTexts } from '../protocol.ts'
import { fill } from '../shared/dom.ts'
import { pathTo } from './geometry.ts'

export interface Language {
  readonly locale: string
  readonly texts: ViewTexts
}

export interface FrameFacts {
  readonly name: string
  /** `file:line`, or the mapping where no file is known; '' when neither is. */
  readonly place: string
  readonly self: string
  readonly selfPercent: string
  readonly total: string
  readonly totalPercent: string
  readonly ofParent: string
  /** The exact numbers of the profile. */
  readonly raw: string
  /** Differential graphs only. */
  readonly comparison: {
    readonly self: ComparedValue
    readonly total: ComparedValue
  } | null
}

export interface ComparedValue {
  readonly before: string
  readonly after: string
  readonly change: string
}

/** `whole` is the total of the sample type, which a merged graph's own root may fall short of. */
export function frameFacts(graph: FlameGraph, node: number, whole: number, { locale, texts }: Language): FrameFacts {
  const { unit } = graph.sampleType
  const frame = graph.frames[graph.frame[node] ?? 0]
  const flat = graph.flat[node] ?? 0
  const cum = graph.cum[node] ?? 0
  const parent = graph.parent[node] ?? -1
  const number = new Intl.NumberFormat(locale)
  return {
    name: (graph.frame[node] ?? 0) === 0 ? texts.all : (frame?.name ?? ''),
    place: placeOf(frame),
    self: formatValue(flat, unit, locale),
    selfPercent: formatPercent(flat, whole, locale),
    total: formatValue(cum, unit, locale),
    totalPercent: formatPercent(cum, whole, locale),
    ofParent: parent < 0 ? '' : fill(texts.ofParent, { percent: formatPercent(cum, graph.cum[parent] ?? 0, locale) }),
    raw: fill(texts.raw, { self: number.format(flat), total: number.format(cum), unit }),
    comparison: comparisonOf(graph, node, locale),
  }
}

function comparisonOf(graph: FlameGraph, node: number, locale: string): FrameFacts['comparison'] {
  const { baseFlat, baseCum, sampleType } = graph
  if (baseFlat === null || baseCum === null) return null
  const compared = (before: number, after: number): ComparedValue => ({
    before: formatValue(before, sampleType.unit, locale),
    after: formatValue(after, sampleType.unit, locale),
    change: changeText(after - before, baseCum[0] ?? 0, sampleType.unit, locale),
  })
  return {
    self: compared(baseFlat[node] ?? 0, graph.flat[node] ?? 0),
    total: compared(baseCum[node] ?? 0, graph.cum[node] ?? 0),
  }
}

function placeOf(frame: FlameGraph['frames'][number] | undefined): string {
  if (frame === undefined) return ''
  if (frame.file === '') return frame.mapping
  return frame.line > 0 ? `${frame.file}:${frame.line}` : frame.file
}

/** Smaller shares read as nothing; scaling one profile to another leaves such dust. */
const SMALLEST_SHARE = 0.00005

/** `+20 ms (+1.5%)`: how much more or less, also as a share of the whole before. */
export function changeText(change: number, wholeBefore: number, unit: string, locale: string): string {
  const value = signed(change, formatValue(change, unit, locale))
  const isDust = Math.abs(change) < Math.abs(wholeBefore) * SMALLEST_SHARE
  return isDust || wholeBefore === 0
    ? value
    : `${value} (${signed(change, formatPercent(change, wholeBefore, locale))})`
}

export function signed(change: number, text: string): string {
  return change > 0 ? `+${text}` : text
}

/** One sentence for assistive technology. */
export function describeFrame(graph: FlameGraph, node: number, whole: number, language: Language): string {
  const facts = frameFacts(graph, node, whole, language)
  if (facts.comparison !== null)
    return fill(language.texts.focusedChange, { name: facts.name, ...facts.comparison.total })
  return fill(language.texts.focused, {
    name: facts.name,
    self: facts.self,
    selfPercent: facts.selfPercent,
    total: facts.total,
    totalPercent: facts.totalPercent,
  })
}

/** The stack of a node, leaf first, one frame a line, as stacks are printed everywhere. */
export function stackText(graph: FlameGraph, node: number, isLeafAtRoot: boolean): string {
  const frames = pathTo(graph, node)
    .map((each) => graph.frame[each] ?? 0)
    .filter((frame) => frame > 0)
  const leafFirst = isLeafAtRoot ? frames : frames.reverse()
  return leafFirst.map((frame) => graph.frames[frame]?.name ?? '').join('\n')
}
