/** The table of functions over the graphs of a profile: which rows, what stands in them, and what a copy of it reads. */
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import type { Language } from './facts.ts'
import type { Graphs } from './graphs.ts'
import { type Column, columns, type FunctionRow, functionRows, type Sorting, toMarkdown, toTsv } from './table-rows.ts'
import { type TableCell, type TableListener, TableView } from './table-view.ts'

export class FunctionTable {
  readonly #view: TableView
  readonly #language: Language
  #graphs: Graphs | null = null
  /** Largest magnitudes: what the bars are relative to. */
  #largest = { self: 0, total: 0 }

  constructor(language: Language, listener: TableListener) {
    this.#language = language
    this.#view = new TableView(language.texts, columns, (row, column) => this.#cell(row, column), listener)
  }

  get element(): HTMLElement {
    return this.#view.element
  }

  show(graphs: Graphs, packageOf: (frame: number) => string, matches: Uint8Array | null, sorting: Sorting): void {
    this.#graphs = graphs
    const rows = functionRows(graphs.topDown.frames, packageOf, graphs.totals, matches)
    const largest = (key: 'self' | 'total') => rows.reduce((max, row) => Math.max(max, Math.abs(row[key])), 0)
    this.#largest = { self: largest('self'), total: largest('total') }
    this.#view.show(rows, sorting)
  }

  copy(format: 'tsv' | 'markdown'): string {
    const header = columns.map((column) => this.#language.texts[column])
    const { rows } = this.#view
    if (format === 'tsv') return toTsv(rows, header, this.#graphs?.whole ?? 0)
    return toMarkdown(rows, header, (row, column) => this.#cell(row, column).text)
  }

  #cell(row: FunctionRow, column: Column): TableCell {
    const whole = this.#graphs?.whole ?? 0
    const unit = this.#graphs?.topDown.sampleType.unit ?? ''
    const { locale } = this.#language
    const exact = (value: number) => new Intl.NumberFormat(locale).format(value)
    const share = (value: number, largest: number) => (largest === 0 ? 0 : Math.abs(value / largest))
    switch (column) {
      case 'self':
        return { text: formatValue(row.self, unit, locale), title: exact(row.self) }
      case 'total':
        return { text: formatValue(row.total, unit, locale), title: exact(row.total) }
      case 'selfPercent':
        return { text: formatPercent(row.self, whole, locale), share: share(row.self, this.#largest.self) }
      case 'totalPercent':
        return { text: formatPercent(row.total, whole, locale), share: share(row.total, this.#largest.total) }
      case 'name':
        return { text: row.name, title: row.name }
      case 'package':
        return { text: row.package, title: row.package }
    }
  }
}
