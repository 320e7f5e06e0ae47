/**
 * The JSON file format of speedscope: one shared list of frames, one sampled profile for each sample type, the chosen
 * one shown first. Stacks without value in a type are left out of it; negative weights, which the viewer cannot draw,
 * are left out too and counted.
 */
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

/** `views`: the same profile under each sample type, with the same frames. */
export function* encodeSpeedscope(views: readonly View[], name: string, active: number): Generator<string> {
  const [first] = views
  const frames = first?.table.frames.map(({ name: printed, functionName, file, line }) => ({
    name: functionName || printed,
    ...(file === '' ? {} : { file }),
    ...(line === 0 ? {} : { line }),
  }))
  const head = {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'tracewright',
    name,
    activeProfileIndex: active,
    shared: { frames: frames ?? [] },
  }
  yield `${JSON.stringify(head).slice(0, -1)},"profiles":[`
  for (const [index, view] of views.entries()) {
    if (index > 0) yield ','
    yield* encodeProfile(view)
  }
  yield ']}\n'
}

function* encodeProfile(view: View): Generator<string> {
  const { type, unit } = view.sampleType
  const paths = new SequenceTable()
  const pathOfStack = pathsOfStacks(view, paths)
  const weights = new Float64Array(paths.length)
  pathOfStack.forEach((path, stack) => {
    if (path > 0) weights[path - 1] = (weights[path - 1] ?? 0) + Number(view.stacks.weights[stack] ?? 0)
  })
  const shown = Array.from(weights.keys()).filter((path) => (weights[path] ?? 0) > 0)
  const total = shown.reduce((sum, path) => sum + (weights[path] ?? 0), 0)
  const negative = weights.filter((weight) => weight < 0).length
  const note = negative === 0 ? '' : ` (${negative} stacks with negative values left out)`
  const head = { type: 'sampled', name: `${type}${note}`, unit: UNITS[unit] ?? 'none', startValue: 0, endValue: total }
  yield `${JSON.stringify(head).slice(0, -1)},"samples":[`
  const { offsets, data } = paths.finish()
  for (let start = 0; start < shown.length; start += STACKS_PER_PIECE) {
    const stacks = shown
      .slice(start, start + STACKS_PER_PIECE)
      .map((path) => `[${data.subarray(offsets[path], offsets[path + 1]).join(',')}]`)
    yield (start === 0 ? '' : ',') + stacks.join(',')
  }
  yield `],"weights":[${shown.map((path) => weights[path]).join(',')}]}`
}
