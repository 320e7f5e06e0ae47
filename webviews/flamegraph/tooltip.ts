/**
 * The box beside the pointer or under the focused frame that tells all about it. Never in the way of the pointer, always
 * inside the view.
 */

import type { ViewTexts } from '../protocol.ts'
import { element } from '../shared/dom.ts'
import type { ComparedValue, FrameFacts, Language } from './facts.ts'
import type { Box } from './geometry.ts'

export class Tooltip {
  readonly element: HTMLElement

  constructor() {
    this.element = element('div', { class: 'tooltip', role: 'tooltip', hidden: true })
  }

  hide(): void {
    this.element.hidden = true
  }

  /** `box` is the frame, relative to the element the tooltip lies in; `showsSelf` where own values mean something. */
  show(facts: FrameFacts, language: Language, box: Box, showsSelf: boolean): void {
    const { texts } = language
    const row = (label: string, value: string, percent: string) =>
      element('tr', {}, element('th', {}, label), element('td', {}, value), element('td', {}, percent))
    const { comparison } = facts
    const rows =
      comparison === null
        ? [
            ...(showsSelf ? [row(texts.self, facts.self, facts.selfPercent)] : []),
            row(texts.total, facts.total, facts.totalPercent),
          ]
        : comparedRows(comparison, texts, showsSelf)
    this.element.replaceChildren(
      element('div', { class: 'tooltip-name' }, facts.name),
      ...(facts.place === '' ? [] : [element('div', { class: 'tooltip-place' }, facts.place)]),
      element('table', {}, ...rows),
      element('div', { class: 'tooltip-more' }, [facts.ofParent, facts.raw].filter((text) => text !== '').join(' · ')),
    )
    this.element.hidden = false
    this.#place(box)
  }

  #place(box: Box): void {
    const around = this.element.offsetParent
    if (around === null) return
    const { clientWidth, clientHeight } = around
    const { offsetWidth: width, offsetHeight: height } = this.element
    const below = box.y + box.height + 6
    const above = box.y - height - 6
    const top = below + height <= clientHeight || above < 0 ? below : above
    const seenLeft = Math.max(0, box.x)
    const left = Math.min(seenLeft + 8, clientWidth - width - 4)
    this.element.style.left = `${Math.max(4, left)}px`
    this.element.style.top = `${Math.max(2, Math.min(top, clientHeight - height - 2))}px`
  }
}

function comparedRows(
  { self, total }: NonNullable<FrameFacts['comparison']>,
  texts: ViewTexts,
  showsSelf: boolean,
): HTMLElement[] {
  const row = (label: string, { before, after, change }: ComparedValue) =>
    element('tr', {}, element('th', {}, label), ...[before, after, change].map((text) => element('td', {}, text)))
  const heads = ['', texts.before, texts.after, texts.change].map((text) => element('th', { scope: 'col' }, text))
  return [element('tr', {}, ...heads), ...(showsSelf ? [row(texts.self, self)] : []), row(texts.total, total)]
}
