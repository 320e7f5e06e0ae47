/**
 * The options that every view of a profile shares, as one schema: tools spread it into their input, analyses take its
 * output. Field names are those of tools; meanings are google/pprof's.
 */
import { z } from 'zod'
import { GRANULARITIES } from './frames.ts'

/**
 * Marks an option that few ever need: every view takes it, but only the tool that prints whole reports shows it in the
 * list of tools, which a host sends to its model with every request.
 */
const special = { unlisted: true } as const

const regex = (what: string) => z.string().optional().describe(`${what} (RE2)`)

export const sampleIndexField = z
  .union([z.string(), z.int().min(0)])
  .optional()
  .describe('Sample type by name or number; default: what the profile says, else the last')

export const inlinesField = z
  .boolean()
  .default(true)
  .meta(special)
  .describe('Count inlined functions as frames of their own')

export const filterFields = {
  focus: regex('Keep stacks with a function, file or mapping that matches'),
  ignore: regex('Drop stacks with such a match'),
  hide: regex('Drop frames with such a match'),
  show: regex('Drop frames without such a match'),
  show_from: regex('Start each stack at its outermost frame that matches; drop stacks without one').meta(special),
  prune_from: regex('End each stack at its innermost function that matches').meta(special),
  tag_focus: z
    .string()
    .optional()
    .describe('Keep samples by labels: `key=regex`, `regex` on `key:value`, or a range `bytes=1kb:64mb`'),
  tag_ignore: z.string().optional().describe('Drop samples by labels, as `tag_focus`'),
  tag_show: regex('Keep label keys that match'),
  tag_hide: regex('Drop label keys that match').meta(special),
  tag_root: z
    .string()
    .optional()
    .meta(special)
    .describe('Label keys, separated by commas, whose values become the outermost frames'),
  tag_leaf: z.string().optional().meta(special).describe('Label keys whose values become the innermost frames'),
} as const

export const FILTER_NAMES = z.object(filterFields).keyof().options

/** How values are formed and shown. */
export const valueFields = {
  mean: z
    .boolean()
    .default(false)
    .meta(special)
    .describe('Divide values by those of the first sample type, usually a count'),
  divide_by: z.number().positive().default(1).meta(special).describe('Divide the values that are shown by this'),
  unit: z
    .string()
    .min(1)
    .optional()
    .meta(special)
    .describe('Unit of values in texts, e.g. `ms` or `MB`; default by size'),
} as const

export const viewFields = {
  sample_index: sampleIndexField,
  ...filterFields,
  ...valueFields,
  granularity: z.enum(GRANULARITIES).default('function').describe('What a row stands for'),
  relative_percentages: z.boolean().default(false).meta(special).describe('Percentages of what passed the filters'),
  drop_negative: z.boolean().default(false).meta(special).describe('Leave out rows with negative values'),
  show_columns: z.boolean().default(false).meta(special).describe('Tell columns of one source line apart'),
  trim_path: z.string().optional().meta(special).describe('Folders to take off source paths, separated by colons'),
  inlines: inlinesField,
} as const

/** How many rows to return; 0 means all. */
export const nodecountField = (rows: number) => z.int().min(0).default(rows).describe('Most rows, 0 for all')

const viewOptions = z.object(viewFields)

/** What a caller of an analysis may leave out is optional here too. */
export interface ViewOptions extends Partial<z.output<typeof viewOptions>> {
  /** Tell equal functions of different binaries apart, at address granularity; for reports, not for callers. */
  readonly binaries?: boolean | undefined
  /** Tell nameless functions apart by their binary and start; for reports too. */
  readonly startLines?: boolean | undefined
  /** Leave the folder of a build sandbox in front of source paths; for reports too. */
  readonly sandboxes?: boolean | undefined
}

/** Every option that can change what a view holds. */
export const VIEW_OPTION_NAMES = [...viewOptions.keyof().options, 'binaries', 'startLines', 'sandboxes'] as const

/** An int64 as results state it. */
export const exactInteger = z.union([z.int(), z.string()])

export const valueTypeResult = z.object({
  type: z.string().describe('What is counted, e.g. `cpu`'),
  unit: z.string().describe('Its unit, e.g. `nanoseconds`'),
})

/** The head of every view's result. */
export const viewResult = {
  sample_type: valueTypeResult.describe('The sample type of all values'),
  unit_shown: z.string().optional().describe('The unit that was asked for, for texts'),
  total: exactInteger.describe('Sum of the values of the samples that passed the filters'),
  pct_base: exactInteger.describe(
    'What percentages refer to: the sum of magnitudes before filters, of the base where there is one',
  ),
  notes: z
    .array(z.string())
    .describe('What the reader should know: filters that matched nothing, why it is empty, what next'),
} as const
