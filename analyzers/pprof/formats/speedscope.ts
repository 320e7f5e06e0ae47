/**
 * The JSON file format of speedscope: one shared list of frames, one sampled profile for each sample type, the chosen
 * one shown first. Stacks without value in a type are left out of it; negative weights, which the viewer cannot draw,
 * are left out too and counted. A comparison is four profiles: what grew, what shrank, and both sides as they are.
 */
import type { Frame } from '../frames.ts'
import { SequenceTable } from '../sequence-table.ts'
import type { View } from '../view.ts'
import { pathsOfStacks } from './folded.ts'

/** Units that the format knows; others are `none`. */
const UNITS: Readonly<Record<string, string>> = {
  nanoseconds: 'nanoseconds',
  microseconds: 'microseconds',
  milliseconds: 'milliseconds',
  seconds: 'seconds',
  bytes: 'bytes',
}

const STACKS_PER_PIECE = 4096

/** One profile of the file: which paths of the common table weigh how much in it. */
interface Weighed {
  readonly name: string
  readonly unit: string
  readonly weights: Float64Array
}

export interface SpeedscopeOptions {
  /** Which of the views is shown first. */
  readonly active?: number | undefined
  /** Leaves at the root. */
  readonly inverted?: boolean | undefined
}

/** `views`: the same profile under each sample type, with the same frames. */
export function* encodeSpeedscope(
  views: readonly View[],
  name: string,
  { active = 0, inverted = false }: SpeedscopeOptions = {},
): Generator<string> {
  yield* head(views[0]?.table.frames ?? [], name, active)
  for (const [index, view] of views.entries()) {
    const paths = new SequenceTable()
    const weights = weighPaths(view, pathsOfStacks(view, paths, inverted), paths.length)
    yield* encodeProfile({ name: view.sampleType.type, unit: view.sampleType.unit, weights }, paths, index === 0)
  }
  yield ']}\n'
}

/** `view` compared with `base`, both seen with the same options. */
export function* encodeSpeedscopeDiff(view: View, base: View, name: string, inverted = false): Generator<string> {
  const paths = new SequenceTable()
  const frames: Frame[] = []
  const idOfFrame = new Map<string, number>()
  const sides = [view, base].map((side) => {
    const ids = Uint32Array.from(side.table.frames, (frame) => {
      const key = `${frame.name}\0${frame.file}\0${frame.line}`
      const known = idOfFrame.get(key)
      if (known !== undefined) return known
      idOfFrame.set(key, frames.length)
      return frames.push(frame) - 1
    })
    // The other side numbers its frames differently: its paths are translated into common numbers.
    const common: View = { ...side, table: { ...side.table, ids: side.table.ids.map((id) => ids[id] ?? 0) } }
    return pathsOfStacks(common, paths, inverted)
  })
  const [after = new Float64Array(0), before = new Float64Array(0)] = [view, base].map((side, index) =>
    weighPaths(side, sides[index] ?? new Uint32Array(0), paths.length),
  )
  const { type, unit } = view.sampleType
  yield* head(frames, name, 0)
  const change = after.map((value, path) => value - (before[path] ?? 0))
  const grew = change.map((value) => Math.max(0, value))
  const shrank = change.map((value) => Math.max(0, -value))
  yield* encodeProfile({ name: `${type}: grew`, unit, weights: grew }, paths, true)
  yield* encodeProfile({ name: `${type}: shrank`, unit, weights: shrank }, paths, false)
  yield* encodeProfile({ name: `${type}: after`, unit, weights: after }, paths, false)
  yield* encodeProfile({ name: `${type}: before`, unit, weights: before }, paths, false)
  yield ']}\n'
}

function* head(frames: readonly Frame[], name: string, active: number): Generator<string> {
  const shown = frames.map(({ name: printed, functionName, file, line }) => ({
    name: functionName || printed,
    ...(file === '' ? {} : { file }),
    ...(line === 0 ? {} : { line }),
  }))
  const fields = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'tracewright',
    name,
    activeProfileIndex: active,
    shared: { frames: shown },
  }
  yield `${JSON.stringify(fields).slice(0, -1)},"profiles":[`
}

function weighPaths(view: View, pathOfStack: Uint32Array, length: number): Float64Array {
  const weights = new Float64Array(length)
  pathOfStack.forEach((path, stack) => {
    if (path > 0) weights[path - 1] = (weights[path - 1] ?? 0) + Number(view.stacks.weights[stack] ?? 0)
  })
  return weights
}

function* encodeProfile({ name, unit, weights }: Weighed, paths: SequenceTable, isFirst: boolean): Generator<string> {
  const shown = Array.from(weights.keys()).filter((path) => (weights[path] ?? 0) > 0)
  const total = shown.reduce((sum, path) => sum + (weights[path] ?? 0), 0)
  const negative = weights.filter((weight) => weight < 0).length
  const note = negative === 0 ? '' : ` (${negative} stacks with negative values left out)`
  const fields = {
    type: 'sampled',
    name: `${name}${note}`,
    unit: UNITS[unit] ?? 'none',
    startValue: 0,
    endValue: total,
  }
  yield `${isFirst ? '' : ','}${JSON.stringify(fields).slice(0, -1)},"samples":[`
  const { offsets, data } = paths.finish()
  for (let start = 0; start < shown.length; start += STACKS_PER_PIECE) {
    const stacks = shown
      .slice(start, start + STACKS_PER_PIECE)
      .map((path) => `[${data.subarray(offsets[path], offsets[path + 1]).join(',')}]`)
    yield (start === 0 ? '' : ',') + stacks.join(',')
  }
  yield `],"weights":[${shown.map((path) => weights[path]).join(',')}]}`
}
