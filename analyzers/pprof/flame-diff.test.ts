import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameOf, nodeAt } from '../../test/folded-graph.ts'
import { differentialFlameGraph, viewsOfBoth } from './flame-diff.ts'
import { functionTotals } from './flame-functions.ts'
import { flameGraph } from './flame-graph.ts'
import type { FlameGraph } from './flame-layout.ts'
import { packFlameGraph, unpackFlameGraph } from './flame-pack.ts'
import { bottomUp } from './flame-regroup.ts'
import { fromFlameTree, toFlameTree } from './flame-tree.ts'
import { encodeFolded } from './formats/folded.ts'
import { encodeSpeedscope, encodeSpeedscopeDiff } from './formats/speedscope.ts'
import { importFolded } from './imports/folded.ts'
import { viewOf } from './view.ts'

const folded = (...stacks: readonly string[]) => importFolded(`${stacks.join('\n')}\n`)

/** Both own values of each path that has one. */
function ownValues(graph: FlameGraph): Record<string, [number, number]> {
  const result: Record<string, [number, number]> = {}
  for (let node = 1; node < graph.nodeCount; node++) {
    const values: [number, number] = [graph.flat[node] ?? 0, graph.baseFlat?.[node] ?? 0]
    if (values[0] === 0 && values[1] === 0) continue
    const names: string[] = []
    for (let each = node; each > 0; each = graph.parent[each] ?? -1) names.unshift(nameOf(graph, each))
    result[names.join(';')] = values
  }
  return result
}

const before = folded('main;parse 10', 'main;serve;old 4')
const after = folded('main;parse 25', 'main;serve;new 5')

test('each path has its value on both sides', () => {
  expect(ownValues(differentialFlameGraph(after, before))).toEqual({
    'main;parse': [25, 10],
    'main;serve;new': [5, 0],
    'main;serve;old': [0, 4],
  })
})

test('a node is as wide as the larger side of all below it', () => {
  const graph = differentialFlameGraph(after, before)
  const serve = nodeAt(graph, 'main', 'serve')
  expect([graph.cum[serve], graph.baseCum?.[serve]]).toEqual([5, 4])
  expect((graph.x1[serve] ?? 0) - (graph.x0[serve] ?? 0)).toBe(9)
})

test('normalised, the sides have the same total', () => {
  const graph = differentialFlameGraph(folded('a 30', 'b 10'), folded('a 10', 'b 10'), { normalize: true })
  expect([graph.cum[0], graph.baseCum?.[0]]).toEqual([20, 20])
})

test('sample types are matched by name, and one that only one side has is refused', () => {
  const type = (name: string) => ({ type: name, unit: 'count' })
  const values = Array.from(after.samples.values[0] ?? [], Number)
  const twoTypes = (...names: readonly string[]) => ({
    ...after,
    sampleTypes: names.map(type),
    samples: {
      ...after.samples,
      values: names.map((_, index) => Float64Array.from(values, (value) => value * (index + 1))),
    },
  })
  const graph = differentialFlameGraph(twoTypes('x', 'y'), twoTypes('z', 'y'), { sample_index: 1 })
  expect(graph.sampleType.type).toBe('y')
  expect([graph.cum[0], graph.baseCum?.[0]]).toEqual([60, 60])
  expect(() => differentialFlameGraph(twoTypes('x', 'y'), twoTypes('z', 'y'), { sample_index: 0 })).toThrow('`x`')
})

describe('the texts of a comparison', () => {
  const { view, base } = viewsOfBoth(after, before, {})

  test('folded stacks have two values, before and after', () => {
    const lines = [...encodeFolded(view, { base })].join('')
    expect(lines).toBe('main;parse 10 25\nmain;serve;new 0 5\nmain;serve;old 4 0\n')
    expect([...encodeFolded(view, { base, inverted: true })].join('')).toContain('old;serve;main 4 0\n')
  })

  test('speedscope has what grew, what shrank, and both sides', () => {
    const file = JSON.parse([...encodeSpeedscopeDiff(view, base, 'x')].join(''))
    const names = file.shared.frames.map((frame: { name: string }) => frame.name)
    const stacks = (index: number) =>
      file.profiles[index].samples.map(
        (sample: number[], at: number) =>
          `${sample.map((frame) => names[frame]).join(';')} ${file.profiles[index].weights[at]}`,
      )
    expect(file.profiles.map((profile: { name: string }) => profile.name)).toEqual([
      'samples: grew',
      'samples: shrank',
      'samples: after',
      'samples: before',
    ])
    expect(stacks(0).sort()).toEqual(['main;parse 15', 'main;serve;new 5'])
    expect(stacks(1)).toEqual(['main;serve;old 4'])
    expect(stacks(2).sort()).toEqual(['main;parse 25', 'main;serve;new 5'])
    expect(stacks(3).sort()).toEqual(['main;parse 10', 'main;serve;old 4'])
  })

  test('inverted, stacks begin at the leaf', () => {
    const { shared, profiles } = JSON.parse([...encodeSpeedscope([view], 'x', { inverted: true })].join(''))
    const first = profiles[0].samples.map((sample: number[]) => shared.frames[sample[0] ?? 0].name)
    expect(first.sort()).toEqual(['new', 'parse'])
  })
})

const stacks = fc
  .array(
    fc.record({
      path: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 }),
      value: fc.integer({ min: 1, max: 1000 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows) => folded(...rows.map(({ path, value }) => `${path.join(';')} ${value}`)))

describe('whatever the two', () => {
  test('each side is found again, also inverted', () => {
    fc.assert(
      fc.property(stacks, stacks, fc.boolean(), (profile, base, inverted) => {
        const graph = differentialFlameGraph(profile, base, { inverted })
        const side = (index: 0 | 1) =>
          Object.fromEntries(
            Object.entries(ownValues(graph)).flatMap(([path, values]) => {
              return values[index] === 0 ? [] : [[path, values[index]]]
            }),
          )
        const alone = (of: typeof profile) =>
          Object.fromEntries(
            Object.entries(ownValues(flameGraph(viewOf(of, {}), { inverted }))).map(([path, [flat]]) => [path, flat]),
          )
        expect(side(0)).toEqual(alone(profile))
        expect(side(1)).toEqual(alone(base))
      }),
    )
  })

  test('it survives packing, JSON and turning over', () => {
    fc.assert(
      fc.property(stacks, stacks, (profile, base) => {
        const graph = differentialFlameGraph(profile, base)
        expect(unpackFlameGraph(packFlameGraph(graph))).toEqual(graph)
        const again = fromFlameTree(JSON.parse(JSON.stringify(toFlameTree(graph))))
        for (const column of ['flat', 'cum', 'baseFlat', 'baseCum', 'x0', 'x1'] as const) {
          expect(again[column]).toEqual(graph[column])
        }
        const inverted = differentialFlameGraph(profile, base, { inverted: true })
        expect(ownValues(bottomUp(graph))).toEqual(ownValues(inverted))
      }),
    )
  })

  test('the table has the own and total values of both', () => {
    fc.assert(
      fc.property(stacks, stacks, (profile, base) => {
        const graph = differentialFlameGraph(profile, base)
        const totals = functionTotals(graph)
        const alone = flameGraph(viewOf(base, {}))
        const aloneTotals = functionTotals(alone)
        alone.frames.forEach(({ name }, frame) => {
          const at = graph.frames.findIndex((each) => each.name === name)
          expect([totals.baseFlat[at], totals.baseCum[at]]).toEqual([aloneTotals.flat[frame], aloneTotals.cum[frame]])
        })
      }),
    )
  })
})
