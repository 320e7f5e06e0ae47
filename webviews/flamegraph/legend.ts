/**
 * Which colour is which package, and how much of the total is each one's own. A click keeps one package in colour and
 * fades the others.
 */
import type { ViewTexts } from '../protocol.ts'
import { element, fill } from '../shared/dom.ts'
import type { Palette } from './palette.ts'

export interface LegendEntry {
  readonly name: string
  /** What is shown for it. */
  readonly label: string
  readonly color: number
  readonly share: string
  readonly isOnly: boolean
}

export function makeLegend(
  entries: readonly LegendEntry[],
  palette: Palette,
  texts: ViewTexts,
  onPick: (name: string) => void,
): HTMLElement[] {
  return entries.map(({ name, label, color, share, isOnly }) => {
    const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' })
    swatch.style.background = palette.packages[color]?.fill ?? palette.merged
    const button = element(
      'button',
      {
        type: 'button',
        class: 'chip',
        'aria-pressed': String(isOnly),
        title: fill(texts.showPackage, { name: label }),
      },
      swatch,
      element('span', { class: 'chip-name' }, label),
      element('span', { class: 'chip-share' }, share),
    )
    button.addEventListener('click', () => onPick(name))
    return button
  })
}
