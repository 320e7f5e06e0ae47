import { expect, test } from 'vitest'
import { packFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { foldedGraph } from '../../test/folded-graph.ts'
import type { FromView, GraphQuery } from '../protocol.ts'
import { noFilters } from './filter-bar.ts'
import { GraphSource } from './graph-source.ts'
import type { Graphs } from './graphs.ts'

function source() {
  const sent: FromView[] = []
  const shown: Graphs[] = []
  const failures: string[] = []
  const host = {
    send: (message: FromView) => sent.push(message),
    listen: () => undefined,
    readState: () => undefined,
    writeState: () => undefined,
  }
  const graphs = new GraphSource(host, {
    onGraph: (each) => shown.push(each),
    onFailure: (message) => failures.push(message),
    onBusy: () => undefined,
  })
  return { graphs, sent, shown, failures }
}

const queryOf = (sampleIndex: number, focus = ''): GraphQuery => {
  return { sampleIndex, filters: { ...noFilters, focus }, normalize: false }
}
const packed = packFlameGraph(foldedGraph('main;a 3', 'main;b 4'))
const answer = (query: GraphQuery) =>
  ({ type: 'graph', query, packed, transfer: 0, leftOutBelow: 0, passed: 1, unmatched: [] }) as const

test('is asked once for each question', () => {
  const { graphs, sent, shown } = source()
  graphs.ask(queryOf(0))
  graphs.receive(answer(queryOf(0)))
  graphs.ask(queryOf(1))
  graphs.receive(answer(queryOf(1)))
  graphs.ask(queryOf(0))
  expect(sent).toHaveLength(2)
  expect(shown).toHaveLength(3)
  expect(shown[2]).toBe(shown[0])
})

test('an answer that nobody waits for any more is kept, not shown', () => {
  const { graphs, sent, shown, failures } = source()
  graphs.ask(queryOf(0, 'slow'))
  graphs.ask(queryOf(0))
  graphs.receive(answer(queryOf(0)))
  graphs.receive(answer(queryOf(0, 'slow')))
  graphs.receive({ type: 'graph-failed', query: queryOf(0, 'slow'), message: 'too late' })
  expect(shown).toHaveLength(1)
  expect(failures).toEqual([])
  graphs.ask(queryOf(0, 'slow'))
  expect([sent.length, shown.length]).toEqual([2, 2])
})

test('parts are put together, also of two graphs at once', () => {
  const { graphs, shown } = source()
  const half = Math.floor(packed.byteLength / 2)
  const part = (transfer: number, offset: number, end: number) =>
    ({ type: 'graph-part', transfer, offset, totalBytes: packed.byteLength, part: packed.slice(offset, end) }) as const
  graphs.ask(queryOf(0))
  for (const transfer of [1, 2]) graphs.receive(part(transfer, 0, half))
  for (const transfer of [1, 2]) graphs.receive(part(transfer, half, packed.byteLength))
  graphs.receive({ ...answer(queryOf(1)), packed: null, transfer: 2 })
  graphs.receive({ ...answer(queryOf(0)), packed: null, transfer: 1 })
  expect(shown).toHaveLength(1)
  expect(shown[0]?.topDown.cum[0]).toBe(7)
})
