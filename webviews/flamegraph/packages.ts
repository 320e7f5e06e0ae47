/**
 * Which package, module or library a frame belongs to, from its name, file and mapping: what frames are coloured by.
 * Data in, data out.
 */
import type { FlameFrame, FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { packageOf as packageOfNames } from '../../analyzers/pprof/package-name.ts'

/** '' when nothing says. */
export function packageOf(frame: FlameFrame): string {
  return packageOfNames(frame)
}

export interface Packages {
  /** Names by rank: the package with the largest own value first. */
  readonly names: readonly string[]
  /** Rank of the package of each frame. */
  readonly rankOf: Uint32Array
}

/** Ranks packages by their own value; `earlier` ones keep their ranks, so colours stay when the sample type changes. */
export function rankPackages(graph: FlameGraph, earlier: readonly string[] = []): Packages {
  const packageOfFrame = graph.frames.map(packageOf)
  const self = new Map<string, number>()
  for (let node = 1; node < graph.nodeCount; node++) {
    const name = packageOfFrame[graph.frame[node] ?? 0] ?? ''
    self.set(name, (self.get(name) ?? 0) + Math.abs(graph.flat[node] ?? 0))
  }
  const known = new Set(earlier)
  const fresh = [...self].filter(([name]) => !known.has(name)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const names = [...earlier, ...fresh.map(([name]) => name)]
  const rank = new Map(names.map((name, index) => [name, index]))
  return { names, rankOf: Uint32Array.from(packageOfFrame, (name) => rank.get(name) ?? names.length) }
}
