/**
 * The rows behind the table of functions: which there are, how they are ordered, and how they read as TSV and Markdown.
 * Data in, data out.
 */
import type { FunctionTotals } from '../../analyzers/pprof/flame-functions.ts'
import type { FlameFrame } from '../../analyzers/pprof/flame-layout.ts'

export const columns = ['self', 'selfPercent', 'total', 'totalPercent', 'name', 'package'] as const
export type Column = (typeof columns)[number]

export interface FunctionRow {
  readonly frame: number
  readonly name: string
  readonly package: string
  readonly self: number
  readonly total: number
}

export interface Sorting {
  readonly column: Column
  readonly isDescending: boolean
}

/** Functions with a value, or those of `matches` that have one. */
export function functionRows(
  frames: readonly FlameFrame[],
  packageNames: (frame: number) => string,
  totals: FunctionTotals,
  matches: Uint8Array | null,
): FunctionRow[] {
  const rows: FunctionRow[] = []
  for (const [frame, { name }] of frames.entries()) {
    const self = totals.flat[frame] ?? 0
    const total = totals.cum[frame] ?? 0
    if (frame === 0 || (self === 0 && total === 0) || (matches !== null && matches[frame] !== 1)) continue
    rows.push({ frame, name, package: packageNames(frame), self, total })
  }
  return rows
}

/** Equal rows keep the order of their names, so that sorting is the same everywhere. */
export function compareRows({ column, isDescending }: Sorting): (a: FunctionRow, b: FunctionRow) => number {
  const sign = isDescending ? -1 : 1
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return (a, b) => {
    const order = column === 'name' || column === 'package' ? text(a[column], b[column]) : byValue(column, a, b)
    return sign * order || text(a.name, b.name)
  }
}

function byValue(column: Column, a: FunctionRow, b: FunctionRow): number {
  const key = column === 'self' || column === 'selfPercent' ? 'self' : 'total'
  return a[key] - b[key]
}

/** Exact numbers, for spreadsheets. */
export function toTsv(rows: readonly FunctionRow[], header: readonly string[], whole: number): string {
  const clean = (text: string) => text.replaceAll(/[\t\n\r]+/g, ' ')
  const percent = (value: number) => String(whole === 0 ? 0 : (value / whole) * 100)
  const lines = rows.map(({ self, total, name, package: from }) =>
    [String(self), percent(self), String(total), percent(total), clean(name), clean(from)].join('\t'),
  )
  return [header.map(clean).join('\t'), ...lines, ''].join('\n')
}

/** Numbers for people, for an issue or a review. */
export function toMarkdown(
  rows: readonly FunctionRow[],
  header: readonly string[],
  cell: (row: FunctionRow, column: Column) => string,
): string {
  const clean = (text: string) =>
    text
      .replaceAll(/[\n\r]+/g, ' ')
      .replaceAll('\\', '\\\\')
      .replaceAll('|', '\\|')
  const code = (column: Column, text: string) => (column === 'name' ? `\`${text.replaceAll('`', "'")}\`` : text)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = columns.map((column) => (column === 'name' || column === 'package' ? '---' : '---:'))
  const body = rows.map((row) => line(columns.map((column) => code(column, clean(cell(row, column))))))
  return [line(header.map(clean)), line(rule), ...body, ''].join('\n')
}
