/**
 * What each key does on a flame graph, as data, and where the arrow keys lead. Pure: it is given the graph and answers
 * with a node or an action.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'

export type KeyAction =
  | { readonly kind: 'walk'; readonly to: 'parent' | 'child' | 'left' | 'right' | 'root' | 'hottest' }
  | { readonly kind: 'zoom-to' | 'reset' | 'open-source' | 'open-beside' | 'copy-name' | 'copy-stack' | 'show-callers' }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'scroll'; readonly pages: number }

interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const plain: Readonly<Record<string, KeyAction>> = {
  ArrowLeft: { kind: 'walk', to: 'left' },
  ArrowRight: { kind: 'walk', to: 'right' },
  Home: { kind: 'walk', to: 'root' },
  End: { kind: 'walk', to: 'hottest' },
  Enter: { kind: 'zoom-to' },
  ' ': { kind: 'zoom-to' },
  '+': { kind: 'zoom', factor: 1.5 },
  '=': { kind: 'zoom', factor: 1.5 },
  '-': { kind: 'zoom', factor: 1 / 1.5 },
  '0': { kind: 'reset' },
  o: { kind: 'open-source' },
  c: { kind: 'show-callers' },
  s: { kind: 'copy-stack' },
  PageUp: { kind: 'scroll', pages: -0.9 },
  PageDown: { kind: 'scroll', pages: 0.9 },
}

/** `isFlipped`: the root is at the bottom, so up leads away from it. */
export function actionOf(press: KeyPress, isFlipped: boolean): KeyAction | null {
  const isCommand = press.ctrlKey || press.metaKey
  if (isCommand && press.key === 'c') return { kind: 'copy-name' }
  if (isCommand) return null
  if (press.altKey) return press.key === 'o' ? { kind: 'open-beside' } : null
  if (press.key === 'ArrowUp') return { kind: 'walk', to: isFlipped ? 'child' : 'parent' }
  if (press.key === 'ArrowDown') return { kind: 'walk', to: isFlipped ? 'parent' : 'child' }
  return plain[press.key] ?? null
}

/** The node an arrow key leads to; the same one at an edge. */
export function walk(
  graph: FlameGraph,
  from: number,
  to: 'parent' | 'child' | 'left' | 'right' | 'root' | 'hottest',
): number {
  const depth = graph.depth[from] ?? 0
  switch (to) {
    case 'root':
      return 0
    case 'parent':
      return Math.max(0, graph.parent[from] ?? 0)
    case 'child':
      return widestChild(graph, from)
    case 'left':
      return Math.max(graph.levelOffsets[depth] ?? 0, from - 1)
    case 'right':
      return Math.min((graph.levelOffsets[depth + 1] ?? 1) - 1, from + 1)
    case 'hottest': {
      let node = from
      for (let next = widestChild(graph, node); next !== node; next = widestChild(graph, node)) node = next
      return node
    }
  }
}

function widestChild(graph: FlameGraph, node: number): number {
  let best = node
  let width = -1
  for (let child = graph.firstChild[node] ?? 0; child < (graph.firstChild[node + 1] ?? 0); child++) {
    const own = (graph.x1[child] ?? 0) - (graph.x0[child] ?? 0)
    if (own <= width) continue
    best = child
    width = own
  }
  return best
}
