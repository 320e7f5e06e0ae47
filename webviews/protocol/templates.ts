/**
 * Messages between the extension and the form of templates, one union for each direction, and the form's texts in
 * English, which the extension translates. What templates themselves say (questions, descriptions, notes, messages about
 * values) comes from the analyzers and stays English, as in every other face.
 */
import type { ParameterInputs, ProgramAnswer, TemplateChoice } from '../../analyzers/bpftrace/preview.ts'
import type { TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { ParameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'

export const templateTexts = {
  templates: 'Templates',
  searchTemplates: 'Search templates',
  searchTemplatesHint: 'What do you want to know?',
  category: 'Category',
  allCategories: 'All categories',
  templatesFound: '{count} templates',
  noTemplates: 'No template matches “{query}”.',
  noTemplatesHint: 'Try a subject such as disk, network or lock, or show all templates.',
  showAllTemplates: 'Show All Templates',
  parameters: 'Parameters',
  wholeProgram: 'Whole Program',
  emptyMeans: 'optional',
  unit: 'Unit',
  suggestions: 'Suggestions for {name}',
  suggestionsFound: '{count} suggestions',
  moreSuggestions: 'There are more: type on',
  optionFilter: 'Filter all probes',
  optionFilterHint: 'A condition that every probe for events gets',
  optionTimeLimit: 'Stop after a time',
  optionTimeLimitHint: 'Without it the program runs until it is interrupted',
  optionSeries: 'Print again and again',
  optionSeriesHint: 'Prints what is collected after every such time and starts afresh',
  optionBeginText: 'Print a line at the beginning',
  optionBeginTextHint: 'Says that tracing has begun, and how to end it',
  optionEndText: 'Print a line at the end',
  optionEndTextHint: 'Stands before what bpftrace prints when it ends',
  preview: 'Preview',
  program: 'Program',
  writing: 'Writing the program',
  lastValid: 'The last program that could be written. Correct the marked values to renew it.',
  target: 'For bpftrace {version}',
  targetKernel: 'For bpftrace {version}, kernel {kernel}',
  targetSnapshot: 'For bpftrace {version}, bundled kernel {kernel}',
  changeTarget: 'Change…',
  safe: 'Safe',
  caution: 'Caution',
  dangerous: 'Dangerous',
  needsUnsafe: 'Needs --unsafe',
  events: 'Events',
  eventsValue: '{count}/s',
  cpu: 'CPU',
  mapMemory: 'Map memory',
  stack: 'BPF stack',
  stackValue: '{count} of 512 bytes',
  reasons: 'Why',
  notes: 'Notes',
  problems: 'Problems',
  warnings: 'Warnings',
  lineProblem: 'Line {line}: {message}',
  summary: '{verdict}. {events} events per second, {cpu} of a CPU, {memory} of map memory.',
  insert: 'Insert at Cursor',
  insertInto: 'Goes into {name}',
  insertNowhere: 'Open a .bt file beside this to insert into it.',
  newFile: 'Open as New File',
  copyProgram: 'Copy',
  loadingTemplates: 'Loading templates',
  retryForm: 'Retry',
} as const

export type TemplateText = keyof typeof templateTexts
export type TemplateTexts = Readonly<Record<TemplateText, string>>

export const formActions = ['insert', 'new-file', 'copy'] as const
export type FormAction = (typeof formActions)[number]

export type ToTemplates =
  | { readonly type: 'texts'; readonly locale: string; readonly texts: TemplateTexts }
  | {
      readonly type: 'templates'
      readonly templates: readonly TemplateDescription[]
      /** What a key binding has asked for; it wins over what was saved. */
      readonly given: { readonly template: string; readonly parameters: ParameterInputs } | null
    }
  /** Name of the file that a program would be inserted into. */
  | { readonly type: 'destination'; readonly name: string | null }
  | { readonly type: 'preview'; readonly id: number; readonly answer: ProgramAnswer }
  | { readonly type: 'values'; readonly id: number; readonly values: ParameterValues }
  /** Version or kernel are other ones: what is shown was written for the former. */
  | { readonly type: 'target-changed' }
  | { readonly type: 'failed'; readonly title: string; readonly message: string; readonly hint: string }

export type FromTemplates =
  | { readonly type: 'ready' }
  | { readonly type: 'retry' }
  | { readonly type: 'preview-wanted'; readonly id: number; readonly choice: TemplateChoice }
  | {
      readonly type: 'values-wanted'
      readonly id: number
      readonly template: string
      readonly parameter: string
      readonly text: string
      readonly parameters: ParameterInputs
    }
  | { readonly type: 'use'; readonly action: FormAction; readonly id: number; readonly choice: TemplateChoice }
  | { readonly type: 'change-target' }
  | { readonly type: 'bug'; readonly message: string }
