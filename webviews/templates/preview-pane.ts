/**
 * What the form would give: the program in the theme's colours, what it may cost, how careful to be, and what was chosen
 * for the target. While the input is wrong the last good program stays, and says that it is not the one asked for.
 */
import type { ProgramPreview, ProgramProblem } from '../../analyzers/bpftrace/preview.ts'
import type { TemplateTexts } from '../protocol/templates.ts'
import { element, fill, icon, withCode } from '../shared/dom.ts'

const verdictIcons = { safe: 'pass-filled', caution: 'warning', dangerous: 'error' } as const

export class PreviewPane {
  readonly element: HTMLElement
  readonly #texts: TemplateTexts
  readonly #figures: Figures
  readonly #target = element('span', {})
  readonly #summary = element('p', { class: 'visually-hidden', role: 'status' })
  readonly #stale: HTMLElement
  readonly #failure = element('div', { class: 'failure', role: 'alert', hidden: true })
  readonly #safety = element('div', { class: 'safety' })
  readonly #code = element('code', {})
  readonly #more = element('div', { class: 'more-about' })

  constructor(locale: string, texts: TemplateTexts, changeTarget: () => void) {
    this.#texts = texts
    this.#figures = new Figures(locale, texts)
    this.#stale = element('p', { class: 'stale', hidden: true }, icon('history'), texts.lastValid)
    const change = element('button', { type: 'button', class: 'link' }, texts.changeTarget)
    change.addEventListener('click', changeTarget)
    const listing = element('pre', { class: 'program', tabindex: 0, role: 'region' }, this.#code)
    listing.setAttribute('aria-label', texts.program)
    this.element = element(
      'section',
      { class: 'preview', 'aria-label': texts.preview },
      element('h2', {}, texts.preview),
      element('p', { class: 'target' }, this.#target, ' ', change),
      this.#safety,
      this.#failure,
      this.#stale,
      listing,
      this.#more,
      this.#summary,
    )
  }

  /** Something has changed and the answer is not there yet. */
  wait(): void {
    this.element.setAttribute('aria-busy', 'true')
    if (this.#code.childElementCount === 0) this.#code.textContent = `${this.#texts.writing}…`
  }

  show(preview: ProgramPreview): void {
    this.element.removeAttribute('aria-busy')
    this.#stale.hidden = true
    this.#failure.hidden = true
    this.#target.textContent = this.#targetText(preview.target)
    this.#code.replaceChildren(
      ...preview.pieces.map(({ text, kind }) => element('span', { class: `piece-${kind}` }, text)),
    )
    this.#safety.hidden = false
    this.#safety.replaceChildren(this.#verdict(preview), this.#figures.list(preview))
    const said = (severity: 'error' | 'warning') =>
      preview.findings.filter((each) => each.severity === severity).map((each) => this.#finding(each))
    this.#more.replaceChildren(
      ...list(this.#texts.problems, said('error'), 'findings'),
      ...list(this.#texts.notes, preview.notes),
      ...list(this.#texts.reasons, preview.safety.reasons),
      ...list(this.#texts.warnings, said('warning'), 'findings'),
      element('p', { class: 'muted basis' }, preview.estimate.basis),
    )
    this.#summary.textContent = this.#figures.summary(preview, this.#texts[preview.safety.verdict])
  }

  /** The input is wrong; what is wrong with no single field is said here. */
  showProblems(problems: readonly ProgramProblem[]): void {
    this.element.removeAttribute('aria-busy')
    const whole = problems.filter(({ about }) => about === 'template')
    this.#failure.hidden = whole.length === 0
    this.#failure.replaceChildren(
      ...whole.map(({ message, hint }) =>
        element('p', {}, icon('error'), element('span', {}, ...withCode(`${message} ${hint}`))),
      ),
    )
    const hasProgram = this.#code.querySelector('span') !== null
    this.#stale.hidden = !hasProgram || whole.length > 0
    if (whole.length > 0 || !hasProgram) this.clear()
  }

  clear(): void {
    this.#code.replaceChildren()
    this.#more.replaceChildren()
    this.#safety.hidden = true
    this.#summary.textContent = ''
  }

  #targetText({ bpftrace: version, kernel, kernelSource }: ProgramPreview['target']): string {
    if (kernel === '') return fill(this.#texts.target, { version })
    return fill(kernelSource === 'snapshot' ? this.#texts.targetSnapshot : this.#texts.targetKernel, {
      version,
      kernel,
    })
  }

  #verdict({ safety: { verdict, needsUnsafe } }: ProgramPreview): HTMLElement {
    return element(
      'p',
      { class: `verdict is-${verdict}` },
      icon(verdictIcons[verdict]),
      element('strong', {}, this.#texts[verdict]),
      ...(needsUnsafe ? [element('span', { class: 'unsafe' }, this.#texts.needsUnsafe)] : []),
    )
  }

  #finding({ severity, line, message }: ProgramPreview['findings'][number]): HTMLElement {
    const text = fill(this.#texts.lineProblem, { line: String(line), message })
    return element('span', { class: `finding is-${severity}` }, icon(severity), element('span', {}, ...withCode(text)))
  }
}

function list(title: string, items: readonly (string | Node)[], name = ''): readonly HTMLElement[] {
  if (items.length === 0) return []
  return [
    element('h3', {}, title),
    element(
      'ul',
      { class: name },
      ...items.map((each) => element('li', {}, ...(typeof each === 'string' ? withCode(each) : [each]))),
    ),
  ]
}

/** Numbers as the reader's language writes them. */
class Figures {
  readonly #texts: TemplateTexts
  readonly #compact: Intl.NumberFormat
  readonly #bytes: Intl.NumberFormat
  readonly #percent: Intl.NumberFormat

  constructor(locale: string, texts: TemplateTexts) {
    this.#texts = texts
    this.#compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
    this.#bytes = new Intl.NumberFormat(locale, {
      notation: 'compact',
      maximumSignificantDigits: 3,
      style: 'unit',
      unit: 'byte',
      unitDisplay: 'narrow',
    })
    this.#percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 })
  }

  list({ estimate }: ProgramPreview): HTMLElement {
    const entries = [
      [this.#texts.events, fill(this.#texts.eventsValue, { count: this.#compact.format(estimate.eventsPerSecond) })],
      [this.#texts.cpu, this.#cpu(estimate.cpuPct)],
      [this.#texts.mapMemory, this.#bytes.format(estimate.mapBytes)],
      [this.#texts.stack, fill(this.#texts.stackValue, { count: String(estimate.stackBytes) })],
    ] as const
    return element(
      'dl',
      { class: 'figures' },
      ...entries.map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value))),
    )
  }

  summary({ estimate }: ProgramPreview, verdict: string): string {
    return fill(this.#texts.summary, {
      verdict,
      events: this.#compact.format(estimate.eventsPerSecond),
      cpu: this.#cpu(estimate.cpuPct),
      memory: this.#bytes.format(estimate.mapBytes),
    })
  }

  #cpu(percent: number): string {
    const smallest = 0.01
    return percent > 0 && percent < smallest
      ? `< ${this.#percent.format(smallest / 100)}`
      : this.#percent.format(percent / 100)
  }
}
