/**
 * What a view remembers while it is hidden, reloaded, or VS Code restarts. What was saved by an older version is read as
 * far as it makes sense; the rest is as at first.
 */
import { type Filters, filterNames } from '../protocol.ts'
import { noFilters } from './filter-bar.ts'
import { allColumns, type Column, type Sorting } from './table-rows.ts'
import { type Viewport, WHOLE } from './viewport.ts'

export const modes = ['top-down', 'bottom-up', 'sandwich', 'table'] as const
export type Mode = (typeof modes)[number]

export interface SavedState {
  /** -1: the default of the profile. */
  readonly sampleIndex: number
  readonly mode: Mode
  readonly query: string
  /** The only package in colour, or null. */
  readonly package: string | null
  readonly isFlipped: boolean
  readonly filters: Filters
  readonly showsFilters: boolean
  /** Of a comparison: both sides have one total. */
  readonly isNormalized: boolean
  readonly sorting: Sorting
  readonly viewport: Viewport
  readonly focused: number
  readonly zoomed: number
  /** Name of the function whose callers and callees are shown. */
  readonly functionName: string
}

export const initialState: SavedState = {
  sampleIndex: -1,
  mode: 'top-down',
  query: '',
  package: null,
  isFlipped: false,
  filters: noFilters,
  showsFilters: false,
  isNormalized: false,
  sorting: { column: 'self', isDescending: true },
  viewport: WHOLE,
  focused: -1,
  zoomed: 0,
  functionName: '',
}

export function readSavedState(saved: unknown): SavedState {
  const fields = fieldsOf(saved)
  const sorting = fieldsOf(fields.sorting)
  const viewport = fieldsOf(fields.viewport)
  const number = (value: unknown, fallback: number) =>
    typeof value === 'number' && Number.isFinite(value) ? value : fallback
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    sampleIndex: number(fields.sampleIndex, -1),
    mode: modes.find((mode) => mode === fields.mode) ?? initialState.mode,
    query: text(fields.query),
    package: typeof fields.package === 'string' ? fields.package : null,
    isFlipped: fields.isFlipped === true,
    filters: readFilters(fields.filters),
    showsFilters: fields.showsFilters === true,
    isNormalized: fields.isNormalized === true,
    sorting: {
      column: allColumns.find((column: Column) => column === sorting.column) ?? initialState.sorting.column,
      isDescending: sorting.isDescending !== false,
    },
    viewport: { left: number(viewport.left, 0), span: number(viewport.span, 1), top: number(viewport.top, 0) },
    focused: number(fields.focused, -1),
    zoomed: number(fields.zoomed, 0),
    functionName: text(fields.functionName),
  }
}

function readFilters(saved: unknown): Filters {
  const fields = fieldsOf(saved)
  const filters: Record<keyof Filters, string> = { ...noFilters }
  for (const name of filterNames) {
    const value = fields[name]
    if (typeof value === 'string') filters[name] = value
  }
  return filters
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
