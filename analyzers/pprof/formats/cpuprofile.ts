/**
 * V8's `.cpuprofile`, for Chrome DevTools and VS Code: the call tree with one sample per node that has a value of its
 * own. Values that are times keep their length in microseconds; others count one microsecond per unit.
 */
import { flameGraph } from '../flame-graph.ts'
import { scale } from '../units.ts'
import type { View } from '../view.ts'

const MICROSECOND = 'us'

export function* encodeCpuProfile(view: View): Generator<string> {
  const graph = flameGraph(view)
  const { profile } = view
  const isTime = scale(1, view.sampleType.unit, MICROSECOND).unit === MICROSECOND
  const micros = (value: number) => (isTime ? scale(value, view.sampleType.unit, MICROSECOND).value : value)
  const start = Number(profile.timeNanos / 1000n)
  const samples: number[] = []
  const timeDeltas: number[] = []
  // A delta says how long after the one before a sample came, so each value stands at the sample that follows it.
  let pending = 0
  let elapsed = 0
  yield '{"nodes":['
  for (let node = 0; node < graph.nodeCount; node++) {
    const frame = graph.frames[graph.frame[node] ?? 0]
    const children: number[] = []
    for (let child = graph.firstChild[node] ?? 0; child < (graph.firstChild[node + 1] ?? 0); child++) {
      children.push(child + 1)
    }
    const own = micros(Math.max(graph.flat[node] ?? 0, 0))
    yield (node === 0 ? '' : ',') +
      JSON.stringify({
        id: node + 1,
        callFrame: {
          functionName: node === 0 ? '(root)' : (frame?.name ?? ''),
          scriptId: '0',
          url: frame?.file ?? '',
          lineNumber: (frame?.line ?? 0) - 1,
          columnNumber: -1,
        },
        hitCount: own > 0 ? 1 : 0,
        children,
      })
    if (own === 0) continue
    samples.push(node + 1)
    timeDeltas.push(pending)
    pending = own
    elapsed += own
  }
  const rest = { startTime: start, endTime: start + elapsed, samples, timeDeltas }
  yield `],${JSON.stringify(rest).slice(1)}\n`
}
