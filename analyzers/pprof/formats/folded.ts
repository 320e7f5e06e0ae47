/**
 * Folded stacks, the text of FlameGraph.pl: one line per different stack, root first, frames separated by `;`, then the
 * value. Equal lines are added up.
 */
import { exactAt, exactSums } from '../int64.ts'
import { SequenceTable } from '../sequence-table.ts'
import { compareNames } from '../top.ts'
import type { View } from '../view.ts'

export function* encodeFolded(view: View): Generator<string> {
  const paths = new SequenceTable()
  const pathOfStack = pathsOfStacks(view, paths)
  const [sums = new Float64Array(0)] = exactSums(view.stacks.weights, (weights) => {
    const values = new Float64Array(paths.length)
    pathOfStack.forEach((path, stack) => {
      if (path > 0) values[path - 1] = (values[path - 1] ?? 0) + (weights[stack] ?? 0)
    })
    return [values]
  })
  const names = view.table.frames.map((frame) => foldedName(frame.name))
  const { offsets, data } = paths.finish()
  const lines: string[] = []
  for (let path = 0; path < sums.length; path++) {
    const value = exactAt(sums, path)
    if (value === 0) continue
    const frames = Array.from(data.subarray(offsets[path], offsets[path + 1]), (frame) => names[frame] ?? '')
    lines.push(`${frames.join(';')} ${value}\n`)
  }
  yield* lines.sort(compareNames)
}

/** The two characters that have a meaning in the format, and everything that ends a line, are replaced. */
function foldedName(name: string): string {
  return name.replaceAll(';', ':').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}

/** For each stack the number of its sequence of frames, root first, plus one; 0 for stacks without value or frames. */
export function pathsOfStacks(view: View, paths: SequenceTable): Uint32Array {
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
    if (depth > 0) result[stack] = paths.intern(frames, depth) + 1
  }
  return result
}
