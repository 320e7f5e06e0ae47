/**
 * The views of any profile: what they say is what a slow and simple count over the samples says, and what must add up
 * adds up. Profiles are drawn at random: recursion, inlined frames, unknown functions, empty stacks, labels, negative
 * values.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callGraph, callGraphOf } from './call-graph.ts'
import { decode } from './decode.ts'
import { subtract } from './diff.ts'
import { diffTop } from './diff-top.ts'
import { flameGraph } from './flame-graph.ts'
import { focusPaths } from './focus-paths.ts'
import { encodeCallGraphSvg } from './formats/call-graph-svg.ts'
import { encodeCpuProfile } from './formats/cpuprofile.ts'
import { encodeFolded } from './formats/folded.ts'
import { encodePprof } from './formats/pprof.ts'
import { encodeSpeedscope } from './formats/speedscope.ts'
import { list } from './list.ts'
import { mergeProfiles } from './merge.ts'
import { peek } from './peek.ts'
import type { Profile } from './profile.ts'
import { ProfileBuilder } from './profile-builder.ts'
import { dotReport } from './report/dot.ts'
import { tags } from './tags.ts'
import { top } from './top.ts'
import { tracesHead } from './traces.ts'
import { selectedProfile, viewOf } from './view.ts'
import type { ViewOptions } from './view-options.ts'

/** A frame is a letter; a location is one to three of them, innermost first; a stack is locations, leaf first. */
interface DrawnSample {
  readonly stack: readonly string[]
  readonly value: number
  readonly tenant: string | null
}

const location = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e') })
const sample: fc.Arbitrary<DrawnSample> = fc.record({
  stack: fc.array(location, { maxLength: 6 }),
  value: fc.integer({ min: -50, max: 100 }),
  tenant: fc.constantFrom('x', 'y', null),
})
const samples = fc.array(sample, { maxLength: 20 })

/** `scale` makes the values so large that doubles cannot add them up. */
function build(drawn: readonly DrawnSample[], scale = 1n): Profile {
  const builder = new ProfileBuilder([
    { type: 'samples', unit: 'count' },
    { type: 'cpu', unit: 'nanoseconds' },
  ])
  for (const { stack, value, tenant } of drawn) {
    const locations = stack.map((names) =>
      builder.addLocation({
        lines: [...names].map((name) => ({
          functionRow: builder.addFunction({ name, filename: `${name}.go` }),
          line: 1,
        })),
      }),
    )
    const labels = tenant === null ? [] : [{ key: 'tenant', text: tenant }]
    builder.addSample(locations, [1, BigInt(value) * scale], labels)
  }
  return builder.finish({ durationNanos: 1n })
}

/** Names of a sample, leaf first, inlined frames included. */
const framesOf = ({ stack }: DrawnSample) => [...stack.join('')]

function count(
  drawn: readonly DrawnSample[],
  key: (frames: readonly string[]) => Iterable<string>,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const each of drawn) {
    for (const name of new Set(key(framesOf(each)))) sums.set(name, (sums.get(name) ?? 0) + each.value)
  }
  return new Map([...sums].filter(([, value]) => value !== 0).sort())
}

const sorted = (entries: readonly (readonly [string, unknown])[]) =>
  new Map(
    entries
      .filter(([, value]) => value !== 0)
      .map(([name, value]): [string, unknown] => [name, value])
      .sort(),
  )

const everything = { nodecount: 0 }

describe('any profile', () => {
  test('flat and cum of every function', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const { rows, total, pct_base } = top(build(drawn))
        expect(sorted(rows.map((row) => [row.name, row.flat]))).toEqual(count(drawn, (frames) => frames.slice(0, 1)))
        expect(sorted(rows.map((row) => [row.name, row.cum]))).toEqual(count(drawn, (frames) => frames))
        expect(total).toBe(drawn.reduce((sum, each) => sum + each.value, 0))
        expect(pct_base).toBe(drawn.reduce((sum, each) => sum + Math.abs(each.value), 0))
      }),
    )
  })

  test('values of every call, a function calling itself included', () => {
    const calls = (frames: readonly string[]) => frames.slice(1).map((caller, i) => `${caller}>${frames[i]}`)
    fc.assert(
      fc.property(samples, (drawn) => {
        const { nodes } = peek(build(drawn), { regex: '' })
        const shown = new Set(nodes.map((node) => node.name))
        const expected = [...count(drawn, calls)].filter(([call]) => shown.has(call[0] ?? ''))
        const callees = nodes.flatMap((node) =>
          node.callees.map((each) => [`${node.name}>${each.name}`, each.value] as const),
        )
        expect(sorted(callees)).toEqual(new Map(expected))
      }),
    )
  })

  test('sums beyond 2^53 are those of the small values, scaled', () => {
    const scale = 2n ** 50n + 3n
    fc.assert(
      fc.property(samples, (drawn) => {
        const small = top(build(drawn)).rows
        const large = new Map(top(build(drawn, scale)).rows.map((row) => [row.name, row]))
        expect(large.size).toBe(small.length)
        for (const row of small) {
          expect(BigInt(large.get(row.name)?.flat ?? 0)).toBe(BigInt.asIntN(64, BigInt(row.flat) * scale))
          expect(BigInt(large.get(row.name)?.cum ?? 0)).toBe(BigInt.asIntN(64, BigInt(row.cum) * scale))
        }
      }),
    )
  })

  test('labels, and the samples that a label selects', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const profile = build(drawn)
        const byTenant = tags(profile).tags.flatMap((tag) => tag.values)
        for (const tenant of ['x', 'y']) {
          const value = drawn.filter((each) => each.tenant === tenant).reduce((sum, each) => sum + each.value, 0)
          expect(byTenant.find((each) => each.value === tenant)?.total ?? 0).toBe(value)
          expect(top(profile, { tag_focus: `tenant=^${tenant}$` }).total).toBe(value)
        }
      }),
    )
  })

  test('focus and ignore of the same expression share the samples that have frames', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom('a', 'b|c', 'z'), (drawn, pattern) => {
        const profile = build(drawn)
        const whole = drawn.filter((each) => each.stack.length > 0).reduce((sum, each) => sum + each.value, 0)
        const focused = top(profile, { focus: pattern })
        const ignored = top(profile, { ignore: pattern })
        expect(Number(focused.total) + Number(ignored.total)).toBe(whole)
        expect(focused.pct_base).toBe(top(profile).pct_base)
      }),
    )
  })

  test('paths to a function add up to its cum', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const profile = build(drawn)
        const { paths, matched_total } = focusPaths(profile, { function: '^a$' })
        const cum = top(profile).rows.find((row) => row.name === 'a')?.cum ?? 0
        expect(matched_total).toBe(cum)
        expect(paths.reduce((sum, each) => sum + Number(each.value), 0)).toBe(cum)
        for (const { frames } of paths) expect(frames.indexOf('a')).toBe(frames.length - 1)
      }),
    )
  })

  test('the lines of functions add up to their flat values', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const profile = build(drawn)
        const flat = new Map(top(profile).rows.map((row) => [row.name, row.flat]))
        for (const listed of list(profile, { function: '' }).functions) expect(listed.flat).toBe(flat.get(listed.name))
      }),
    )
  })

  test('a flame graph: children inside parents, own values and children make the whole', () => {
    fc.assert(
      fc.property(samples, fc.option(samples), fc.boolean(), (drawn, other, inverted) => {
        const base = other === null ? undefined : viewOf(build(other), {})
        const graph = flameGraph(viewOf(build(drawn), {}), { base, inverted })
        const total = drawn.reduce((sum, each) => sum + each.value, 0)
        expect(graph.cum[0]).toBe(total)
        for (let node = 0; node < graph.nodeCount; node++) {
          let below = graph.flat[node] ?? 0
          let edge = graph.x0[node] ?? 0
          for (let child = graph.firstChild[node] ?? 0; child < (graph.firstChild[node + 1] ?? 0); child++) {
            below += graph.cum[child] ?? 0
            expect(graph.parent[child]).toBe(node)
            expect(graph.depth[child]).toBe((graph.depth[node] ?? 0) + 1)
            expect(graph.x0[child]).toBeGreaterThanOrEqual(edge)
            edge = graph.x1[child] ?? 0
          }
          expect(edge).toBeLessThanOrEqual(graph.x1[node] ?? 0)
          expect(below).toBe(graph.cum[node])
        }
      }),
    )
  })

  test('a call graph of all frames has their values', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const profile = build(drawn)
        const graph = callGraph(profile, { trim: false })
        const rows = new Map(top(profile).rows.map((row) => [row.name, row.cum]))
        expect(new Map(graph.nodes.map((node) => [node.name, node.cum]))).toEqual(rows)
        expect(graph.edges.every((edge) => !edge.residual)).toBe(true)
      }),
    )
  })
})

describe('merged and subtracted', () => {
  test('a merge has the sum of every row', () => {
    fc.assert(
      fc.property(samples, samples, (left, right) => {
        const merged = mergeProfiles([build(left), build(right)])
        expect(top(merged).rows).toEqual(top(mergeProfiles([build([...left, ...right])])).rows)
        expect(merged.durationNanos).toBe(2n)
      }),
    )
  })

  test('merging what is merged changes nothing', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const once = mergeProfiles([build(drawn)])
        const twice = mergeProfiles([once])
        expect(twice.samples).toEqual(once.samples)
        expect(twice.locations).toEqual(once.locations)
      }),
    )
  })

  test('a profile minus itself is nothing', () => {
    fc.assert(
      fc.property(samples, fc.boolean(), (drawn, normalize) => {
        const profile = build(drawn)
        expect(diffTop(profile, profile, { normalize }).rows).toEqual([])
        expect(top(subtract(profile, profile, { markBase: false }).difference).pct_base).toBe(0)
      }),
    )
  })

  test('a difference is after minus before, row by row', () => {
    fc.assert(
      fc.property(samples, samples, (before, after) => {
        const [left, right] = [build(before), build(after)]
        const was = new Map(top(left).rows.map((row) => [row.name, row]))
        const is = new Map(top(right).rows.map((row) => [row.name, row]))
        for (const row of diffTop(left, right).rows) {
          expect(row).toMatchObject({
            before_flat: was.get(row.name)?.flat ?? 0,
            after_flat: is.get(row.name)?.flat ?? 0,
            flat: Number(is.get(row.name)?.flat ?? 0) - Number(was.get(row.name)?.flat ?? 0),
            cum: Number(is.get(row.name)?.cum ?? 0) - Number(was.get(row.name)?.cum ?? 0),
          })
        }
      }),
    )
  })

  test('profiles of different things are refused', () => {
    const heap = new ProfileBuilder([{ type: 'inuse_space', unit: 'bytes' }]).finish({})
    expect(() => mergeProfiles([build([]), heap])).toThrow('no sample type in common')
  })

  test('a profile that does not say what its period is goes with one that does', () => {
    const periodType = { type: 'cpu', unit: 'nanoseconds' }
    const known = { ...build([]), periodType, period: 10n }
    for (const order of [
      [known, build([])],
      [build([]), known],
    ]) {
      expect(mergeProfiles(order)).toMatchObject({ periodType, period: 10n })
    }
  })

  test('units of one kind are converted to the finer', () => {
    const inUnit = (unit: string, value: number) => {
      const builder = new ProfileBuilder([{ type: 'cpu', unit }])
      builder.addSample([builder.addFrame({ name: 'work' })], [value])
      return builder.finish({})
    }
    const merged = mergeProfiles([inUnit('milliseconds', 3), inUnit('microseconds', 5)])
    expect(merged.sampleTypes).toEqual([{ type: 'cpu', unit: 'microseconds' }])
    expect(top(merged).total).toBe(3005)
  })
})

describe('exports', () => {
  test('profile.proto has every number again', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const profile = build(drawn)
        const again = decode(Buffer.concat([...encodePprof(profile)]))
        expect(top(again)).toEqual(top(profile))
        expect(tracesHead(again)).toEqual(tracesHead(profile))
      }),
    )
  })

  test('what is left of inlined functions is what a view without them shows', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const profile = build(drawn)
        const again = decode(Buffer.concat([...encodePprof(selectedProfile(profile, { inlines: false }))]))
        expect(top(again)).toEqual(top(profile, { inlines: false }))
      }),
    )
  })

  test('folded stacks add up to what has frames', () => {
    fc.assert(
      fc.property(samples, (drawn) => {
        const lines = [...encodeFolded(viewOf(build(drawn), {}))]
        const sum = lines.reduce((total, line) => total + Number(line.trim().split(' ').at(-1)), 0)
        expect(sum).toBe(drawn.filter((each) => each.stack.length > 0).reduce((total, each) => total + each.value, 0))
      }),
    )
  })

  test('speedscope and cpuprofile are JSON whose weights add up', () => {
    const positive = samples.map((drawn) => drawn.map((each) => ({ ...each, value: Math.abs(each.value) })))
    fc.assert(
      fc.property(positive, (drawn) => {
        const view = viewOf(build(drawn), {})
        const whole = drawn.filter((each) => each.stack.length > 0).reduce((total, each) => total + each.value, 0)
        const speedscope = JSON.parse([...encodeSpeedscope([view], 'name')].join(''))
        expect(speedscope.profiles[0].endValue).toBe(whole)
        expect(speedscope.profiles[0].samples.length).toBe(speedscope.profiles[0].weights.length)
        const cpuProfile = JSON.parse([...encodeCpuProfile(view)].join(''))
        const rootOnly = drawn.filter((each) => each.stack.length === 0).reduce((total, each) => total + each.value, 0)
        expect(cpuProfile.endTime - cpuProfile.startTime).toBeCloseTo((whole + rootOnly) / 1000, 6)
      }),
    )
  })
})

describe('a picture of a call graph has a size', () => {
  const picture = (profile: Profile, options: ViewOptions) =>
    [...encodeCallGraphSvg(callGraphOf(dotReport(profile, options)), 'x')].join('')

  test('without functions', () => {
    expect(picture(build([]), {})).toMatch(/viewBox="0 0 320 \d+"[\s\S]*No functions to show/)
  })

  test('of means over negative counts', () => {
    const builder = new ProfileBuilder([
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ])
    builder.addSample([builder.addFrame({ name: 'a' }), builder.addFrame({ name: 'b' })], [-2, 10])
    expect(picture(builder.finish({}), { mean: true })).not.toMatch(/NaN|Infinity/)
  })
})

describe('an empty answer says why', () => {
  const profile = build([{ stack: ['a'], value: 5, tenant: null }])

  test.each([
    [{ focus: 'nowhere' }, '`focus` matched nothing'],
    [{ tag_focus: 'tenant=x' }, '`tag_focus` matched nothing'],
    [{ ignore: 'a' }, 'No sample passes the filters'],
  ])('%j', (options, why) => {
    const result = top(profile, options)
    expect(result.rows).toEqual([])
    expect(result.notes.join(' ')).toContain(why)
  })

  test('a sample type without values names one that has them', () => {
    const zero = build([{ stack: ['a'], value: 0, tenant: null }])
    expect(top(zero).notes.join(' ')).toContain('sample_index `samples`')
  })

  test('an unknown sample type names those that exist', () => {
    expect(() => top(profile, { sample_index: 'inuse_space' })).toThrow('no sample type')
  })

  test('labels that are not shown: which keys there are', () => {
    const profile = build([{ stack: ['a'], value: 1, tenant: 'x' }])
    expect(tags(profile, { tag_show: 'zone' }).notes.join()).toContain('The keys of this profile are tenant.')
  })

  test('a function that is not there', () => {
    expect(peek(profile, { regex: 'z' }).notes.join(' ')).toContain('matches `z`')
    expect(list(profile, { function: 'z' }).notes.join(' ')).toContain('matches `z`')
    expect(focusPaths(profile, { function: 'z' }).notes.join(' ')).toContain('matches `z`')
  })

  test('rows that were cut off are counted', () => {
    const two = build([{ stack: ['a', 'b'], value: 5, tenant: null }])
    expect(top(two, { nodecount: 1 })).toMatchObject({ omitted: 1, rows: [{ name: 'a' }] })
    expect(top(two, everything).omitted).toBe(0)
  })
})
