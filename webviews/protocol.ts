/**
 * Every message between the extension and its views, one union for each direction, and the texts of the views in
 * English, which the extension translates. Profiles cross as one packed buffer (analyzers/pprof/flame-pack.ts). Only
 * shapes live here: no `vscode`, no DOM.
 */

/** What the view says. `{name}` stands for a value; the extension passes the same keys in the user's language. */
export const viewTexts = {
  flameGraph: 'Flame graph',
  search: 'Search',
  searchHint: 'Find functions',
  searchTitle: 'Find functions by name: a regular expression',
  sampleType: 'Sample type',
  views: 'Views',
  tools: 'Profile tools',
  topDown: 'Top-down',
  topDownHint: 'Who calls whom, from the entry point down',
  bottomUp: 'Bottom-up',
  bottomUpHint: 'Where the value is spent, and from where it was called',
  sandwich: 'Callers and callees',
  sandwichHint: 'Everything that calls one function, and everything it calls',
  table: 'Table',
  tableHint: 'All functions as a sortable table',
  callers: 'Callers of {name}',
  callees: 'Callees of {name}',
  flip: 'Grow upwards',
  reset: 'Show all',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  filters: 'Filters',
  filtersHint: 'Show only some of the samples or frames',
  filtersActive: 'Filters, {count} in use',
  focus: 'Focus',
  focusHint: 'Keep stacks with a function, file or mapping that matches (regex)',
  ignore: 'Ignore',
  ignoreHint: 'Drop stacks with a function, file or mapping that matches (regex)',
  hide: 'Hide',
  hideHint: 'Leave out frames that match, what they call stays (regex)',
  show: 'Show',
  showHint: 'Leave out frames that do not match (regex)',
  tagFocus: 'Tag Focus',
  tagFocusHint: 'Keep samples whose labels match: key=regex, regex, or a range such as bytes=1kb:64mb',
  tagIgnore: 'Tag Ignore',
  tagIgnoreHint: 'Drop samples whose labels match: key=regex, regex, or a range',
  clearFilters: 'Clear Filters',
  filtered: '{percent} of all samples’ value',
  filterUnmatched: '{name} matched nothing.',
  nothingPassed: 'No sample passes the filters',
  nothingPassedHint: 'Loosen or clear them; names are compared with upper and lower case unless they begin with (?i).',
  export: 'Export…',
  before: 'Before',
  after: 'After',
  compared: 'Before {before}, after {after}',
  swap: 'Swap before and after',
  normalize: 'Normalize',
  normalizeHint: 'Scale the later profile to the total of the earlier one, for other loads or durations',
  less: 'less',
  more: 'more',
  differenceLegend: 'Change as a share of the total before',
  help: 'Keys and gestures',
  nextMatch: 'Next match',
  previousMatch: 'Previous match',
  noMatch: 'No match',
  matches: '{count} of {all} frames, {percent}',
  matchesShort: '{count} · {percent}',
  literalMatch: 'Not a valid regular expression, matched as plain text',
  name: 'Function',
  self: 'Self',
  total: 'Total',
  selfPercent: 'Self %',
  totalPercent: 'Total %',
  package: 'Package',
  raw: 'raw {self} / {total} {unit}',
  change: 'Change',
  selfChange: 'Self Change',
  selfBefore: 'Self Before',
  selfAfter: 'Self After',
  totalChange: 'Total Change',
  totalBefore: 'Total Before',
  totalAfter: 'Total After',
  ofParent: '{percent} of its caller',
  all: 'all',
  path: 'Path of the zoomed frame',
  copyTsv: 'Copy as TSV',
  copyMarkdown: 'Copy as Markdown',
  otherPackages: 'other',
  showPackage: 'Show only {name} in colour',
  rowsShown: '{count} functions',
  frames: '{count} frames, {rows} deep',
  duration: 'over {duration}',
  loading: 'Opening {name}',
  stepRead: 'Reading {done}',
  stepDecode: 'Decoding',
  stepLayout: 'Laying out',
  cancel: 'Cancel',
  cancelled: 'Opening was cancelled',
  retry: 'Retry',
  openAsText: 'Open in Text Editor',
  empty: 'No values of this sample type',
  emptyHint: 'All values of “{name}” are zero. Another sample type may have some.',
  noSamples: 'This profile has no samples',
  noSamplesHint: 'The program recorded nothing while it was profiled: profile it for longer, or under load.',
  noGraph: 'This result holds no flame graph to show',
  noGraphHint: 'Ask for the format “interactive” to explore it here.',
  partial: 'Some parts of the file could not be used',
  left: 'Frames below {percent} of the total are left out',
  focused: '{name}: self {self}, {selfPercent}; total {total}, {totalPercent}',
  focusedChange: '{name}: total {before} before, {after} after, {change}',
  helpZoom: 'Zoom to a frame',
  helpZoomKeys: 'Click or Enter',
  helpWheel: 'Zoom at the pointer',
  helpWheelKeys: 'Wheel, + and −',
  helpPan: 'Move',
  helpPanKeys: 'Drag, Shift+Wheel, Alt+Wheel',
  helpWalk: 'Walk over frames',
  helpWalkKeys: 'Arrow keys, Home, End',
  helpFind: 'Find; next and previous match',
  helpFindKeys: '/ or Ctrl+F; Enter and Shift+Enter',
  helpViews: 'Switch the view',
  helpViewsKeys: '1, 2, 3, 4',
  helpFilter: 'Filters',
  helpFilterKeys: 'F',
  helpCopy: 'Copy the name; the stack',
  helpCopyKeys: 'Ctrl+C; S',
  helpSource: 'Open the source',
  helpSourceKeys: 'O, or Ctrl+Click; Alt for beside',
  helpEscape: 'Back, step by step',
  helpEscapeKeys: 'Escape',
  close: 'Close',
} as const

export type ViewText = keyof typeof viewTexts
export type ViewTexts = Readonly<Record<ViewText, string>>

/** What a view shows around the graph. */
export interface ProfileSummary {
  readonly name: string
  readonly sampleTypes: readonly { readonly type: string; readonly unit: string }[]
  readonly defaultSampleIndex: number
  readonly sampleCount: number
  readonly durationNanos: number
  /** Sentences on what a lenient importer left out. */
  readonly warnings: readonly string[]
  /** The names of both sides where two profiles are compared, '' where unknown; `name` is the later one's then. */
  readonly comparison: { readonly before: string; readonly after: string } | null
  /** Whether somebody is there who filters and exports. */
  readonly canFilter: boolean
}

/** The filters of google/pprof, as they are typed; '' where there is none. */
export const filterNames = ['focus', 'ignore', 'hide', 'show', 'tagFocus', 'tagIgnore'] as const
export type FilterName = (typeof filterNames)[number]
export type Filters = Readonly<Record<FilterName, string>>

/** Which graph of a profile is meant. */
export interface GraphQuery {
  readonly sampleIndex: number
  readonly filters: Filters
  /** Comparisons only: both sides have the same total. */
  readonly normalize: boolean
}

export interface Failure {
  /** What failed, why, and what to do next; already in the user's language. */
  readonly title: string
  readonly message: string
  readonly hint: string
  readonly canRetry: boolean
  readonly canOpenAsText: boolean
}

/** What commands of the editor, most in the context menu of a frame, can ask the view to do. */
export const frameActions = [
  'zoom',
  'show-callers',
  'search-name',
  'copy-name',
  'copy-stack',
  'open-source',
  'focus',
  'ignore',
  'hide',
  'reset',
  'export',
] as const
export type FrameAction = (typeof frameActions)[number]

export type ToView =
  | { readonly type: 'texts'; readonly locale: string; readonly texts: ViewTexts }
  | {
      readonly type: 'loading'
      readonly name: string
      readonly step: 'read' | 'decode' | 'layout'
      readonly doneBytes: number
      readonly totalBytes: number
    }
  | { readonly type: 'profile'; readonly profile: ProfileSummary }
  | {
      readonly type: 'graph'
      readonly query: GraphQuery
      /** null where it came before, in the parts of `transfer`. */
      readonly packed: ArrayBuffer | null
      readonly transfer: number
      /** Share of the whole below which frames were left out; 0 when all are there. */
      readonly leftOutBelow: number
      /** Share of the value that passed the filters, 0 … 1. */
      readonly passed: number
      /** Filters that matched nothing. */
      readonly unmatched: readonly FilterName[]
    }
  /** A part of the `packed` of a later `graph`. */
  | {
      readonly type: 'graph-part'
      readonly transfer: number
      readonly offset: number
      readonly totalBytes: number
      readonly part: ArrayBuffer
    }
  /** A graph cannot be made, as of a filter that is no regular expression. */
  | { readonly type: 'graph-failed'; readonly query: GraphQuery; readonly message: string }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'frame-action'; readonly action: FrameAction }

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'graph-wanted'; readonly query: GraphQuery }
  | { readonly type: 'export'; readonly query: GraphQuery; readonly inverted: boolean }
  | { readonly type: 'swap' }
  | {
      readonly type: 'open-source'
      readonly name: string
      readonly file: string
      readonly line: number
      readonly beside: boolean
    }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'open-as-text' }
  | { readonly type: 'bug'; readonly message: string }
