/**
 * All functions as a table that can be sorted, searched and copied: the same numbers as the picture, for eyes, keyboards
 * and screen readers that prefer text. Only the rows that are seen exist as elements.
 */

import type { ViewTexts } from '../protocol.ts'
import { element } from '../shared/dom.ts'
import { type Column, compareRows, type FunctionRow, type Sorting } from './table-rows.ts'

export interface TableListener {
  onOpen(frame: number): void
  onSource(frame: number, beside: boolean): void
  onSort(sorting: Sorting): void
  onSelect(frame: number): void
}

export interface TableCell {
  readonly text: string
  /** 0 … 1: drawn as a bar behind the text. */
  readonly share?: number
  readonly title?: string
  /** For changes: which way. */
  readonly isLess?: boolean
}

/** As grid tracks; numbers take their own. */
const widths: Readonly<Partial<Record<Column, string>>> = {
  selfPercent: '92px',
  totalPercent: '92px',
  selfChange: '136px',
  totalChange: '136px',
  selfBefore: '112px',
  totalBefore: '112px',
  selfAfter: '104px',
  totalAfter: '104px',
  name: 'minmax(140px, 1fr)',
  package: 'minmax(90px, 240px)',
}

/** What a narrow view leaves out. */
const spare: ReadonlySet<Column> = new Set([
  'selfPercent',
  'totalPercent',
  'package',
  'selfBefore',
  'selfAfter',
  'totalBefore',
  'totalAfter',
])

const classOf = (column: Column): string => `cell cell-${column}${spare.has(column) ? ' is-spare' : ''}`
const tracks = (columns: readonly Column[]): string => columns.map((column) => widths[column] ?? '96px').join(' ')

const ROW_HEIGHT = 24
/** Rows made beyond the visible ones, so that scrolling does not show gaps. */
const SPARE = 6

export class TableView {
  readonly element: HTMLElement
  readonly #head: HTMLElement
  readonly #body: HTMLElement
  readonly #sizer: HTMLElement
  readonly #listener: TableListener
  readonly #texts: ViewTexts
  #columns: readonly Column[] = []
  readonly #cell: (row: FunctionRow, column: Column) => TableCell
  #rows: readonly FunctionRow[] = []
  #sorting: Sorting = { column: 'self', isDescending: true }
  #selected = 0

  constructor(texts: ViewTexts, cell: (row: FunctionRow, column: Column) => TableCell, listener: TableListener) {
    this.#listener = listener
    this.#texts = texts
    this.#cell = cell
    this.#head = element('div', { class: 'table-row table-head', role: 'row' })
    this.#sizer = element('div', { class: 'table-sizer', role: 'presentation' })
    this.#body = element('div', { class: 'table-body', role: 'rowgroup' }, this.#sizer)
    this.element = element(
      'div',
      { class: 'table', role: 'grid', tabindex: 0, 'aria-label': texts.table },
      element('div', { role: 'rowgroup' }, this.#head),
      this.#body,
    )
    this.#body.addEventListener('scroll', () => this.#render())
    this.element.addEventListener('keydown', (event) => this.#key(event))
    new ResizeObserver(() => this.#render()).observe(this.#body)
  }

  get rows(): readonly FunctionRow[] {
    return this.#rows
  }

  get selected(): FunctionRow | undefined {
    return this.#rows[this.#selected]
  }

  show(rows: readonly FunctionRow[], columns: readonly Column[], sorting: Sorting): void {
    if (columns !== this.#columns) this.#setColumns(columns)
    const before = this.selected?.frame
    this.#sorting = sorting
    this.#rows = rows.toSorted(compareRows(sorting))
    this.#selected = Math.max(
      0,
      this.#rows.findIndex(({ frame }) => frame === before),
    )
    this.element.setAttribute('aria-rowcount', String(rows.length + 1))
    for (const [index, column] of this.#columns.entries()) {
      const isSorted = column === sorting.column
      const order = sorting.isDescending ? 'descending' : 'ascending'
      this.#head.children[index]?.setAttribute('aria-sort', isSorted ? order : 'none')
    }
    this.#sizer.style.height = `${rows.length * ROW_HEIGHT}px`
    this.#render()
  }

  #setColumns(columns: readonly Column[]): void {
    this.#columns = columns
    this.#head.replaceChildren(...columns.map((column) => this.#makeHeader(column)))
    this.element.setAttribute('aria-colcount', String(columns.length))
    this.element.style.setProperty('--tw-columns', tracks(columns))
    this.element.style.setProperty('--tw-narrow-columns', tracks(columns.filter((column) => !spare.has(column))))
  }

  #makeHeader(column: Column): HTMLElement {
    const button = element('button', { type: 'button' }, this.#texts[column])
    button.addEventListener('click', () => {
      const isSame = this.#sorting.column === column
      const isDescending = isSame ? !this.#sorting.isDescending : column !== 'name' && column !== 'package'
      this.#listener.onSort({ column, isDescending })
    })
    return element('div', { class: classOf(column), role: 'columnheader' }, button)
  }

  #render(): void {
    const { scrollTop, clientHeight } = this.#body
    const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - SPARE)
    const last = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + SPARE)
    const made: HTMLElement[] = []
    for (let index = first; index < last; index++) {
      const row = this.#rows[index]
      if (row !== undefined) made.push(this.#makeRow(row, index))
    }
    this.#sizer.replaceChildren(...made)
    const active = this.#sizer.querySelector('[aria-selected="true"]')
    if (active === null) this.element.removeAttribute('aria-activedescendant')
    else this.element.setAttribute('aria-activedescendant', active.id)
  }

  #makeRow(row: FunctionRow, index: number): HTMLElement {
    const cells = this.#columns.map((column) => {
      const { text, share, title, isLess } = this.#cell(row, column)
      const cell = element('div', { class: classOf(column), role: 'gridcell', title: title ?? '' })
      if (share !== undefined) {
        const bar = element('span', { class: isLess === undefined ? 'bar' : isLess ? 'bar is-less' : 'bar is-more' })
        bar.style.width = `${Math.min(1, Math.max(0, share)) * 100}%`
        cell.append(bar)
      }
      cell.append(element('span', { class: 'cell-text' }, text))
      return cell
    })
    const isSelected = index === this.#selected
    const made = element(
      'div',
      {
        class: 'table-row',
        role: 'row',
        id: `row-${index}`,
        'aria-rowindex': index + 2,
        'aria-selected': String(isSelected),
      },
      ...cells,
    )
    made.style.transform = `translateY(${index * ROW_HEIGHT}px)`
    made.addEventListener('click', (event) => {
      this.#select(index)
      if (event.ctrlKey || event.metaKey) this.#listener.onSource(row.frame, event.altKey)
    })
    made.addEventListener('dblclick', () => this.#listener.onOpen(row.frame))
    return made
  }

  #select(index: number): void {
    this.#selected = Math.min(this.#rows.length - 1, Math.max(0, index))
    const top = this.#selected * ROW_HEIGHT
    const { scrollTop, clientHeight } = this.#body
    if (top < scrollTop) this.#body.scrollTop = top
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) this.#body.scrollTop = top + ROW_HEIGHT - clientHeight
    this.#render()
    const row = this.selected
    if (row !== undefined) this.#listener.onSelect(row.frame)
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor(this.#body.clientHeight / ROW_HEIGHT) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
      Home: -this.#rows.length,
      End: this.#rows.length,
    }
    const step = steps[event.key]
    const row = this.selected
    if (step !== undefined) this.#select(this.#selected + step)
    else if (event.key === 'Enter' && row !== undefined) this.#listener.onOpen(row.frame)
    else if (event.key === 'o' && row !== undefined) this.#listener.onSource(row.frame, event.altKey)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
