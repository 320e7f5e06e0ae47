import { describe, expect, test } from 'vitest'
import { compareWithBaseline, type RememberedProfile, remember } from './baseline.ts'

function profile(shares: Readonly<Record<string, number>>, perSecond: number | null = null): RememberedProfile {
  const functions = Object.entries(shares).map(([name, share]) => ({ name, flatPct: share, cumPct: share }))
  return { functions, perSecond }
}

const flat = (current: RememberedProfile, ...history: RememberedProfile[]) =>
  compareWithBaseline(current, history)
    .deviations.filter((each) => each.metric === 'flat')
    .map((each) => [each.function, each.delta_pct, each.severity])

describe('a function deviates', () => {
  test('by the points its share moved, largest first', () => {
    expect(flat(profile({ a: 30, b: 20, c: 13 }), profile({ a: 15, b: 14, c: 10 }))).toEqual([
      ['a', 15, 'high'],
      ['b', 6, 'medium'],
      ['c', 3, 'low'],
    ])
  })

  test('when it is new, and when it is gone', () => {
    expect(flat(profile({ fresh: 4 }), profile({ old: 12 }))).toEqual([
      ['old', -12, 'high'],
      ['fresh', 4, 'low'],
    ])
  })

  test('from half a point on when that is a third of what it had', () => {
    expect(flat(profile({ a: 1.6 }), profile({ a: 1 }))).toHaveLength(1)
    expect(flat(profile({ a: 11.5 }), profile({ a: 10 }))).toEqual([])
    expect(flat(profile({ a: 0.02 }), profile({ a: 0.01 }))).toEqual([])
  })

  test('from the mean of all, absence counting as nothing', () => {
    expect(flat(profile({ a: 10 }), profile({ a: 10 }), profile({}))).toEqual([['a', 5, 'medium']])
  })
})

test('a profile like its baseline does not deviate', () => {
  const same = profile({ a: 60, b: 40 }, 100)
  expect(compareWithBaseline(same, [same, same])).toEqual({
    deviations: [],
    rate: { current: 100, baseline: 100, changePct: 0 },
  })
})

test('the total per second is compared where durations are known', () => {
  expect(compareWithBaseline(profile({}, 140), [profile({}, 100), profile({}, null)]).rate?.changePct).toBeCloseTo(40)
  expect(compareWithBaseline(profile({}, 140), [profile({}, null)]).rate).toBeNull()
  expect(compareWithBaseline(profile({}, null), [profile({}, 100)]).rate).toBeNull()
})

test('what is remembered leaves out what nobody would miss', () => {
  const row = { file: '', line: 0, flat: 1, cum: 1, sum_pct: 0 }
  const rows = [
    { ...row, name: 'a', flat_pct: 0, cum_pct: 90 },
    { ...row, name: 'b', flat_pct: 0.01, cum_pct: 0.05 },
  ]
  const head = { sample_type: { type: 'cpu', unit: 'nanoseconds' }, pct_base: 1, notes: [], omitted: 0, hints: [] }
  expect(remember({ ...head, total: 500, rows }, 2_000_000_000n)).toEqual({
    functions: [{ name: 'a', flatPct: 0, cumPct: 90 }],
    perSecond: 250,
  })
})
