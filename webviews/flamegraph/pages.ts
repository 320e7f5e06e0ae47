/**
 * What stands in place of a graph: opening, failed, empty; and the list of keys. Plain elements, no state.
 */
import { formatValue } from '../../analyzers/pprof/format-value.ts'
import type { Failure, ToView, ViewText, ViewTexts } from '../protocol.ts'
import { element, fill, icon, iconButton } from '../shared/dom.ts'
import type { Host } from '../shared/host.ts'
import type { Language } from './facts.ts'

interface Action {
  readonly label: string
  readonly isMain: boolean
  readonly run: () => void
}

function page(
  name: string,
  title: string,
  lines: readonly string[],
  actions: readonly Action[],
  middle: Node | null = null,
): HTMLElement {
  const buttons = actions.map(({ label, isMain, run }) => {
    const button = element('button', { type: 'button', class: isMain ? 'button' : 'button is-secondary' }, label)
    button.addEventListener('click', run)
    return button
  })
  return element(
    'div',
    { class: 'page' },
    icon(name),
    element('h1', {}, title),
    middle,
    ...lines.filter((line) => line !== '').map((line) => element('p', {}, line)),
    element('div', { class: 'page-actions' }, ...buttons),
  )
}

/** The page before there is a profile, or where there is none. */
export function waitingPage(
  message: Extract<ToView, { type: 'loading' | 'failed' }>,
  language: Language,
  host: Host,
): HTMLElement {
  if (message.type === 'loading') return loadingPage(message, language, () => host.send({ type: 'cancel' }))
  return failedPage(message.failure, language.texts, {
    retry: () => host.send({ type: 'retry' }),
    openAsText: () => host.send({ type: 'open-as-text' }),
  })
}

function loadingPage(
  message: Extract<ToView, { type: 'loading' }>,
  { texts, locale }: Language,
  onCancel: () => void,
): HTMLElement {
  const { step, doneBytes, totalBytes, name } = message
  const formatBytes = (bytes: number) => formatValue(bytes, 'bytes', locale)
  const done = totalBytes > 0 ? `${formatBytes(doneBytes)} / ${formatBytes(totalBytes)}` : ''
  const lines: Readonly<Record<typeof step, string>> = {
    read: fill(texts.stepRead, { done }),
    decode: texts.stepDecode,
    layout: texts.stepLayout,
  }
  const bar = element('div', { class: 'progress', role: 'progressbar', 'aria-label': fill(texts.loading, { name }) })
  const filled = element('span', {})
  if (step === 'read' && totalBytes > 0) {
    const share = Math.min(1, doneBytes / totalBytes)
    filled.style.width = `${share * 100}%`
    bar.setAttribute('aria-valuenow', String(Math.round(share * 100)))
  } else {
    bar.classList.add('is-indeterminate')
  }
  bar.append(filled)
  const cancel = { label: texts.cancel, isMain: false, run: onCancel }
  return page('flame', fill(texts.loading, { name }), [lines[step]], [cancel], bar)
}

function failedPage(
  failure: Failure,
  texts: ViewTexts,
  on: { retry: () => void; openAsText: () => void },
): HTMLElement {
  const actions: Action[] = []
  if (failure.canRetry) actions.push({ label: texts.retry, isMain: true, run: on.retry })
  if (failure.canOpenAsText) actions.push({ label: texts.openAsText, isMain: false, run: on.openAsText })
  const made = page('warning', failure.title, [failure.message, failure.hint], actions)
  made.setAttribute('role', 'alert')
  return made
}

export function emptyPage(title: string, hint: string, next?: Omit<Action, 'isMain'>): HTMLElement {
  return page('info', title, [hint], next === undefined ? [] : [{ ...next, isMain: true }])
}

/** What is missing from the picture: parts of the file, or frames too small to be sent. */
export function noticesOf(
  warnings: readonly string[],
  leftOutBelow: number,
  { texts, locale }: Language,
): HTMLElement[] {
  const list = element('ul', {}, ...warnings.map((warning) => element('li', {}, warning)))
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 1 })
  return [
    ...(warnings.length > 0 ? [element('strong', {}, texts.partial), list] : []),
    ...(leftOutBelow > 0 ? [element('div', {}, fill(texts.left, { percent: format.format(leftOutBelow) }))] : []),
  ]
}

const keyRows: readonly (readonly [what: ViewText, keys: ViewText])[] = [
  ['helpZoom', 'helpZoomKeys'],
  ['helpWheel', 'helpWheelKeys'],
  ['helpPan', 'helpPanKeys'],
  ['helpWalk', 'helpWalkKeys'],
  ['helpFind', 'helpFindKeys'],
  ['helpFilter', 'helpFilterKeys'],
  ['helpViews', 'helpViewsKeys'],
  ['helpCopy', 'helpCopyKeys'],
  ['helpSource', 'helpSourceKeys'],
  ['helpEscape', 'helpEscapeKeys'],
]

export function helpDialog(texts: ViewTexts): HTMLDialogElement {
  const rows = keyRows.map(([what, keys]) =>
    element('tr', {}, element('th', {}, texts[what]), element('td', {}, texts[keys])),
  )
  const dialog = element('dialog', { class: 'help', 'aria-label': texts.help })
  const head = element(
    'div',
    { class: 'help-head' },
    element('h1', {}, texts.help),
    iconButton('close', texts.close, () => dialog.close()),
  )
  dialog.append(head, element('table', {}, ...rows))
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  return dialog
}
