/** The table of functions over the graphs of a profile: which rows, what stands in them, and what a copy of it reads. */
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import { changeText, type Language } from './facts.ts'
import type { Graphs } from './graphs.ts'
import {
  type Column,
  columns,
  columnValue,
  differenceColumns,
  type FunctionRow,
  functionRows,
  type Sorting,
  toMarkdown,
  toTsv,
} from './table-rows.ts'
import { type TableCell, type TableListener, TableView } from './table-view.ts'

export class FunctionTable {
  readonly #view: TableView
  readonly #language: Language
  #graphs: Graphs | null = null
  /** Largest magnitudes: what the bars are relative to. */
  #largest: ReadonlyMap<Column, number> = new Map()

  constructor(language: Language, listener: TableListener) {
    this.#language = language
    this.#view = new TableView(language.texts, (row, column) => this.#cell(row, column), listener)
  }

  get element(): HTMLElement {
    return this.#view.element
  }

  show(graphs: Graphs, packageOf: (frame: number) => string, matches: Uint8Array | null, sorting: Sorting): void {
    this.#graphs = graphs
    const rows = functionRows(graphs.topDown.frames, packageOf, graphs.totals, matches)
    this.#largest = new Map(
      this.#columns.map((column) => [
        column,
        rows.reduce((max, row) => Math.max(max, Math.abs(columnValue(column, row))), 0),
      ]),
    )
    this.#view.show(rows, this.#columns, this.#isShown(sorting) ? sorting : this.#firstSorting)
  }

  get #columns(): readonly Column[] {
    return this.#graphs?.isDifferential === true ? differenceColumns : columns
  }

  #isShown({ column }: Sorting): boolean {
    return this.#columns.includes(column)
  }

  get #firstSorting(): Sorting {
    return { column: this.#columns[0] ?? 'self', isDescending: true }
  }

  copy(format: 'tsv' | 'markdown'): string {
    const shown = this.#columns
    const header = shown.map((column) => this.#language.texts[column])
    const { rows } = this.#view
    if (format === 'tsv') return toTsv(rows, shown, header, this.#graphs?.whole ?? 0)
    return toMarkdown(rows, shown, header, (row, column) => this.#cell(row, column).text)
  }

  #cell(row: FunctionRow, column: Column): TableCell {
    const whole = this.#graphs?.whole ?? 0
    const unit = this.#graphs?.topDown.sampleType.unit ?? ''
    const { locale } = this.#language
    const exact = (value: number) => new Intl.NumberFormat(locale).format(value)
    const value = columnValue(column, row)
    const largest = this.#largest.get(column) ?? 0
    const share = largest === 0 ? 0 : Math.abs(value / largest)
    switch (column) {
      case 'name':
      case 'package':
        return { text: row[column], title: row[column] }
      case 'selfPercent':
      case 'totalPercent':
        return { text: formatPercent(value, whole, locale), share }
      case 'selfChange':
      case 'totalChange': {
        const before = this.#graphs?.topDown.baseCum?.[0] ?? 0
        const text = value === 0 ? '0' : changeText(value, before, unit, locale)
        return { text, title: exact(value), share, isLess: value < 0 }
      }
      default:
        return { text: formatValue(value, unit, locale), title: exact(value) }
    }
  }
}
