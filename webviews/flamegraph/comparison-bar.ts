/** The line that says which two profiles are compared, what became of the total, and what the colours mean. */
import { changeSteps } from '../../analyzers/pprof/flame-change.ts'
import { formatValue } from '../../analyzers/pprof/format-value.ts'
import type { ProfileSummary, ViewTexts } from '../protocol.ts'
import { element, iconButton } from '../shared/dom.ts'
import { changeText, type Language } from './facts.ts'
import type { Graphs } from './graphs.ts'
import type { Palette } from './palette.ts'

export interface ComparisonListener {
  onSwap(): void
  onNormalize(isWanted: boolean): void
}

export class ComparisonBar {
  readonly element: HTMLElement
  readonly #before = element('span', { class: 'side' })
  readonly #after = element('span', { class: 'side' })
  readonly #change = element('span', { class: 'change', role: 'status' })
  readonly #normalize = element('input', { type: 'checkbox' })
  readonly #controls: readonly HTMLElement[]
  readonly #language: Language

  constructor(language: Language, listener: ComparisonListener) {
    const { texts } = language
    this.#language = language
    const swap = iconButton('arrow-swap', texts.swap, () => listener.onSwap())
    this.#normalize.addEventListener('change', () => listener.onNormalize(this.#normalize.checked))
    const normalize = element(
      'label',
      { class: 'normalize', title: texts.normalizeHint },
      this.#normalize,
      texts.normalize,
    )
    this.#controls = [swap, normalize]
    const labelled = (label: string, side: HTMLElement) =>
      element('span', { class: 'side-group' }, element('span', { class: 'side-label' }, label), side)
    this.element = element(
      'div',
      { class: 'comparison', hidden: true },
      labelled(texts.before, this.#before),
      swap,
      labelled(texts.after, this.#after),
      this.#change,
      normalize,
    )
  }

  /** Nothing where no two profiles are compared. */
  show({ comparison, canFilter }: ProfileSummary, isNormalized: boolean): void {
    this.element.hidden = comparison === null
    if (comparison === null) return
    for (const [side, name] of [
      [this.#before, comparison.before],
      [this.#after, comparison.after],
    ] as const) {
      side.textContent = name
      side.title = name
    }
    this.#normalize.checked = isNormalized
    for (const control of this.#controls) control.hidden = !canFilter
  }

  showTotals({ topDown }: Graphs): void {
    const { locale } = this.#language
    const { unit } = topDown.sampleType
    const before = topDown.baseCum?.[0] ?? 0
    const after = topDown.cum[0] ?? 0
    const change = changeText(after - before, before, unit, locale)
    this.#change.textContent = `${formatValue(before, unit, locale)} → ${formatValue(after, unit, locale)}, ${change}`
  }
}

/** From strongly less to strongly more: each colour with its sign and the share of the total it begins at. */
export function differenceLegend(palette: Palette, texts: ViewTexts, locale: string): HTMLElement[] {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 1 })
  const item = (fill: { fill: string; text: string }, text: string) => {
    const made = element('span', { class: 'step' }, text)
    made.style.background = fill.fill
    made.style.color = fill.text
    return made
  }
  const steps = changeSteps.map((share, step) => ({ share: percent.format(share), step }))
  const less = steps.toReversed().map(({ share, step }) => item(palette.less[step] ?? palette.root, `▼ ${share}`))
  const more = steps.map(({ share, step }) => item(palette.more[step] ?? palette.root, `▲ ${share}`))
  const scale = element('div', { class: 'steps', role: 'img', 'aria-label': texts.differenceLegend })
  scale.append(texts.less, ...less, item(palette.root, '='), ...more, texts.more)
  return [scale, element('span', { class: 'legend-hint' }, texts.differenceLegend)]
}
