/**
 * Builds the flame graph of a view: the call tree of its stacks, laid out as `flame-layout.ts` describes. With a base
 * it is differential, inverted it starts from the leaves. Knows nothing of colours, files or webviews.
 */
import type { FlameFrame, FlameGraph } from './flame-layout.ts'
import { pathsOf, pathsOfBoth } from './flame-paths.ts'
import { type PrunedFlameGraph, pruneFlameGraph } from './flame-prune.ts'
import { growTree } from './grow-tree.ts'
import { NONE } from './profile.ts'
import type { View } from './view.ts'

export interface FlameOptions {
  /** The profile to compare with, seen with the same options. */
  readonly base?: View | undefined
  /** Leaves at the root: where value is spent, then from where it was called. */
  readonly inverted?: boolean | undefined
  /** Nodes narrower than this share of the whole are left out; their value stays in their parents. */
  readonly minShare?: number | undefined
}

export function flameGraph(view: View, options: FlameOptions = {}): FlameGraph {
  return seedOf(view, options)(options.minShare ?? 0)
}

/** All that does not depend on how much is shown: from it a graph grows for every `minShare`. */
function seedOf(view: View, { base, inverted = false }: FlameOptions): (minShare: number) => FlameGraph {
  const names = new FrameNames()
  const paths =
    base === undefined
      ? pathsOf(view, names.add(view), inverted)
      : pathsOfBoth(view, names.add(view), base, names.add(base), inverted)
  const { type, unit } = view.sampleType
  const { frames } = names
  return (minShare) => ({ sampleType: { type, unit }, frames, ...growTree(paths, frames, (whole) => whole * minShare) })
}

interface Small extends PrunedFlameGraph {
  readonly base: WeakRef<View> | undefined
}

/** The last small graphs of a view: it is asked for as a picture, then as a page, then upside down. */
const smallGraphs = new WeakMap<View, Map<string, Small>>()

/** Shares to begin with: what is too narrow for them is not even looked at unless there is room for it. */
const FIRST_SHARES = [1 / 500, 1 / 2000, 1 / 10_000]

/** The graph with its narrowest nodes left out until it has at most `maxNodes`, at the cost of what is left. */
export function smallFlameGraph(view: View, maxNodes: number, options: FlameOptions = {}): PrunedFlameGraph {
  const { base, inverted = false, minShare = 0 } = options
  const known = smallGraphs.get(view) ?? new Map<string, Small>()
  smallGraphs.set(view, known)
  const key = `${inverted} ${base !== undefined} ${minShare} ${maxNodes}`
  const last = known.get(key)
  if (last !== undefined && last.base?.deref() === base) return last
  const grow = seedOf(view, options)
  let graph: FlameGraph | undefined
  for (const share of [...FIRST_SHARES, minShare]) {
    graph = grow(Math.max(share, minShare))
    // One more than is wanted: that one says how narrow the others are.
    if (graph.nodeCount > maxNodes || share <= minShare) break
  }
  const pruned = pruneFlameGraph(graph ?? grow(minShare), maxNodes)
  known.set(key, { ...pruned, base: base && new WeakRef(base) })
  return pruned
}

/** One list of frames for one or two views; frame 0 is the root. */
class FrameNames {
  readonly frames: FlameFrame[] = [{ name: 'root', file: '', line: 0, mapping: '' }]
  private readonly idOfName = new Map<string, number>()

  /** The number of each frame of the view in the common list. */
  add(view: View): Uint32Array {
    const places = placesOf(view)
    return Uint32Array.from(view.table.frames, ({ name, file }, frame) => {
      const known = this.idOfName.get(name)
      if (known !== undefined) return known
      const place = places[frame]
      this.frames.push({ name, file, line: place?.line ?? 0, mapping: place?.mapping ?? '' })
      this.idOfName.set(name, this.frames.length - 1)
      return this.frames.length - 1
    })
  }
}

interface Place {
  line: number
  mapping: string
}

/** Where each frame starts, else its lowest sampled line, and the first binary it is seen in. */
function placesOf(view: View): Place[] {
  const { profile, table } = view
  const { locations, lines, functions, mappings } = profile
  const places: Place[] = table.frames.map(() => ({ line: 0, mapping: '' }))
  for (let location = 0; location < locations.length; location++) {
    const mapping = mappings[locations.mapping[location] ?? NONE]?.file ?? ''
    const firstLine = locations.lineOffsets[location] ?? 0
    const lineCount = (locations.lineOffsets[location + 1] ?? 0) - firstLine
    const first = table.offsets[location] ?? 0
    for (let i = first; i < (table.offsets[location + 1] ?? 0); i++) {
      const place = places[table.ids[i] ?? 0]
      if (place === undefined) continue
      if (place.mapping === '') place.mapping = mapping
      if (lineCount === 0) continue
      const line = firstLine + i - first
      const start = functions.startLine[lines.functionIndex[line] ?? NONE] ?? 0
      const sampled = lines.line[line] ?? 0
      if (start > 0) place.line = start
      else if (sampled > 0 && (place.line === 0 || sampled < place.line)) place.line = sampled
    }
  }
  return places
}
