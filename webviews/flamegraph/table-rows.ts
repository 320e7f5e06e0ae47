/**
 * The rows behind the table of functions: which there are, how they are ordered, and how they read as TSV and Markdown.
 * Data in, data out.
 */
import type { FunctionTotals } from '../../analyzers/pprof/flame-functions.ts'
import type { FlameFrame } from '../../analyzers/pprof/flame-layout.ts'

export const columns = ['self', 'selfPercent', 'total', 'totalPercent', 'name', 'package'] as const
/** Of two profiles that are compared. */
export const differenceColumns = [
  'selfChange',
  'selfBefore',
  'selfAfter',
  'totalChange',
  'totalBefore',
  'totalAfter',
  'name',
  'package',
] as const
export type Column = (typeof columns)[number] | (typeof differenceColumns)[number]

export const allColumns: readonly Column[] = [...new Set([...columns, ...differenceColumns])]

export interface FunctionRow {
  readonly frame: number
  readonly name: string
  readonly package: string
  readonly self: number
  readonly total: number
  /** Zero where nothing is compared. */
  readonly selfBefore: number
  readonly totalBefore: number
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
    const selfBefore = totals.baseFlat[frame] ?? 0
    const totalBefore = totals.baseCum[frame] ?? 0
    const isZero = self === 0 && total === 0 && selfBefore === 0 && totalBefore === 0
    if (frame === 0 || isZero || (matches !== null && matches[frame] !== 1)) continue
    rows.push({ frame, name, package: packageNames(frame), self, total, selfBefore, totalBefore })
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
  return columnValue(column, a) - columnValue(column, b)
}

/** The number a column sorts by. */
export function columnValue(column: Column, { self, total, selfBefore, totalBefore }: FunctionRow): number {
  switch (column) {
    case 'self':
    case 'selfPercent':
    case 'selfAfter':
      return self
    case 'total':
    case 'totalPercent':
    case 'totalAfter':
      return total
    case 'selfBefore':
      return selfBefore
    case 'totalBefore':
      return totalBefore
    case 'selfChange':
      return self - selfBefore
    case 'totalChange':
      return total - totalBefore
    case 'name':
    case 'package':
      return 0
  }
}

/** Exact numbers, for spreadsheets. */
export function toTsv(
  rows: readonly FunctionRow[],
  shown: readonly Column[],
  header: readonly string[],
  whole: number,
): string {
  const clean = (text: string) => text.replaceAll(/[\t\n\r]+/g, ' ')
  const percent = (value: number) => (whole === 0 ? 0 : (value / whole) * 100)
  const cell = (row: FunctionRow, column: Column) => {
    if (column === 'name' || column === 'package') return clean(row[column])
    const value = columnValue(column, row)
    return String(column === 'selfPercent' || column === 'totalPercent' ? percent(value) : value)
  }
  const lines = rows.map((row) => shown.map((column) => cell(row, column)).join('\t'))
  return [header.map(clean).join('\t'), ...lines, ''].join('\n')
}

/** Numbers for people, for an issue or a review. */
export function toMarkdown(
  rows: readonly FunctionRow[],
  shown: readonly Column[],
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
  const rule = shown.map((column) => (column === 'name' || column === 'package' ? '---' : '---:'))
  const body = rows.map((row) => line(shown.map((column) => code(column, clean(cell(row, column))))))
  return [line(header.map(clean)), line(rule), ...body, ''].join('\n')
}
