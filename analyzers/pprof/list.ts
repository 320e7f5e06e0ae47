/**
 * The lines of matching functions with their values, as `go tool pprof -list` shows them. The source text itself is not
 * known here: who has the files adds it.
 */
import { z } from 'zod'
import { compileRegularExpression } from '../shared/regular-expression.ts'
import { addExact, type ExactInteger, exactAt, toDouble } from './int64.ts'
import type { Profile } from './profile.ts'
import { compareNames } from './top.ts'
import { frameSums, shownValue, type View, viewHeadOf, viewOf } from './view.ts'
import { noMatchNote, viewNotes } from './view-notes.ts'
import { exactInteger, type ViewOptions, viewResult } from './view-options.ts'

export const listedFunction = z.object({
  name: z.string(),
  file: z.string().describe('As the profile names it, or empty'),
  flat: exactInteger.describe('Sum over its lines'),
  cum: exactInteger.describe('Sum over its lines, as google/pprof adds them up'),
  lines: z
    .array(
      z.object({
        line: z.int(),
        flat: exactInteger,
        cum: exactInteger,
        source: z.string().optional().describe('The text of the line, where the file was found'),
      }),
    )
    .describe('Lines with values, by line number'),
})

export const listResult = z.object({
  ...viewResult,
  functions: z.array(listedFunction).describe('By name, then by file'),
  omitted: z.int().describe('Functions left out by nodecount'),
})
export type ListResult = z.output<typeof listResult>
export type ListedFunction = z.output<typeof listedFunction>

export interface ListOptions extends Omit<ViewOptions, 'granularity' | 'trim_path'> {
  readonly function: string
  readonly nodecount?: number | undefined
}

export function list(profile: Profile, options: ListOptions): ListResult {
  const pattern = compileRegularExpression(options.function)
  const view = viewOf(profile, { ...options, granularity: 'line' })
  const functions = collectFunctions(view, (name) => name !== '' && pattern.test(name))
  const shown = options.nodecount ? largest(functions, options.nodecount) : functions
  shown.sort((left, right) => compareNames(left.name, right.name) || compareNames(left.file, right.file))
  const notes = viewNotes(view)
  if (functions.length === 0) notes.push(noMatchNote(view, options.function))
  return {
    ...viewHeadOf(view),
    functions: shown.map((each) => shownFunction(view, each)),
    omitted: functions.length - shown.length,
    notes,
  }
}

function shownFunction(view: View, { name, file, flat, cum, lines }: ListedFunction): ListedFunction {
  const value = (exact: ExactInteger) => shownValue(view, exact)
  const shownLines = lines.map((each) => ({ ...each, flat: value(each.flat), cum: value(each.cum) }))
  return { name, file, flat: value(flat), cum: value(cum), lines: shownLines }
}

function collectFunctions(view: View, matches: (functionName: string) => boolean): ListedFunction[] {
  const { flat, cum } = frameSums(view)
  const functions = new Map<string, ListedFunction>()
  const matching = new Map<string, boolean>()
  view.table.frames.forEach((frame, index) => {
    if (Number(flat[index]) === 0 && Number(cum[index]) === 0) return
    let isMatch = matching.get(frame.functionName)
    if (isMatch === undefined) {
      isMatch = matches(frame.functionName)
      matching.set(frame.functionName, isMatch)
    }
    if (!isMatch) return
    const key = `${frame.functionName}\0${frame.file}`
    let listed = functions.get(key)
    if (listed === undefined) {
      listed = { name: frame.functionName, file: frame.file, flat: 0, cum: 0, lines: [] }
      functions.set(key, listed)
    }
    const row = { line: frame.line, flat: exactAt(flat, index), cum: exactAt(cum, index) }
    listed.lines.push(row)
    listed.flat = addExact(listed.flat, row.flat)
    listed.cum = addExact(listed.cum, row.cum)
  })
  for (const listed of functions.values()) listed.lines.sort((left, right) => left.line - right.line)
  return [...functions.values()]
}

function largest(functions: readonly ListedFunction[], count: number): ListedFunction[] {
  const magnitude = (value: ExactInteger) => Math.abs(toDouble(value))
  return [...functions].sort((left, right) => magnitude(right.cum) - magnitude(left.cum)).slice(0, count)
}
