/**
 * Folded stacks, the text of FlameGraph.pl: one line per different stack, root first, frames separated by `;`, then the
 * value. Equal lines are added up. With a base each line has two values, before and after, as difffolded.pl writes them
 * and flamegraph.pl reads them.
 */
import { addExact, type ExactInteger, exactAt, exactSums } from '../int64.ts'
import { SequenceTable } from '../sequence-table.ts'
import { compareNames } from '../top.ts'
import type { View } from '../view.ts'

export interface FoldedOptions {
  /** The other side of a differential graph, seen with the same options. */
  readonly base?: View | undefined
  /** Leaves first. */
  readonly inverted?: boolean | undefined
}

export function* encodeFolded(view: View, { base, inverted = false }: FoldedOptions = {}): Generator<string> {
  const after = valuesByStack(view, inverted)
  if (base === undefined) {
    const lines = Array.from(after, ([stack, value]) => `${stack} ${value}\n`)
    yield* lines.sort(compareNames)
    return
  }
  const before = valuesByStack(base, inverted)
  const stacks = [...new Set([...after.keys(), ...before.keys()])].sort(compareNames)
  for (const stack of stacks) yield `${stack} ${before.get(stack) ?? 0} ${after.get(stack) ?? 0}\n`
}

/** Stacks whose values cancel out are left out. */
function valuesByStack(view: View, inverted: boolean): Map<string, ExactInteger> {
  const paths = new SequenceTable()
  const pathOfStack = pathsOfStacks(view, paths, inverted)
  const [sums = new Float64Array(0)] = exactSums(view.stacks.weights, (weights) => {
    const values = new Float64Array(paths.length)
    pathOfStack.forEach((path, stack) => {
      if (path > 0) values[path - 1] = (values[path - 1] ?? 0) + (weights[stack] ?? 0)
    })
    return [values]
  })
  const names = view.table.frames.map((frame) => foldedName(frame.name))
  const { offsets, data } = paths.finish()
  const values = new Map<string, ExactInteger>()
  for (let path = 0; path < sums.length; path++) {
    const value = exactAt(sums, path)
    if (value === 0) continue
    const frames = Array.from(data.subarray(offsets[path], offsets[path + 1]), (frame) => names[frame] ?? '')
    const stack = frames.join(';')
    values.set(stack, addExact(values.get(stack) ?? 0, value))
  }
  return values
}

/** The two characters that have a meaning in the format, and everything that ends a line, are replaced. */
function foldedName(name: string): string {
  return name.replaceAll(';', ':').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}

/**
 * For each stack the number of its sequence of frames, root first (inverted: leaf first), plus one; 0 for stacks without
 * value or frames.
 */
export function pathsOfStacks(view: View, paths: SequenceTable, inverted = false): Uint32Array {
  const { profile, table, stacks } = view
  const result = new Uint32Array(profile.stacks.length)
  let frames = new Uint32Array(256)
  for (let stack = 0; stack < profile.stacks.length; stack++) {
    if (stacks.live[stack] === 0) continue
    let depth = 0
    const start = profile.stacks.offsets[stack] ?? 0
    for (let i = (profile.stacks.offsets[stack + 1] ?? 0) - 1; i >= start; i--) {
      const location = profile.stacks.locations[i] ?? 0
      const first = table.offsets[location] ?? 0
      const last = (table.offsets[location + 1] ?? 0) - 1
      if (depth + last - first >= frames.length) {
        const larger = new Uint32Array((depth + last - first) * 2)
        larger.set(frames)
        frames = larger
      }
      for (let j = last; j >= first; j--) frames[depth++] = table.ids[j] ?? 0
    }
    if (inverted) frames.subarray(0, depth).reverse()
    if (depth > 0) result[stack] = paths.intern(frames, depth) + 1
  }
  return result
}
