/**
 * Filters, differences and merges beside `go tool pprof` itself: the profile it shows with an option, as raw text, is the
 * profile that we export with the same option. And what it prints in `-top`, `-peek` and `-tags` are our numbers.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { subtract } from '../../analyzers/pprof/diff.ts'
import { divideValues } from '../../analyzers/pprof/edit-profile.ts'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import { mergeProfiles } from '../../analyzers/pprof/merge.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { top } from '../../analyzers/pprof/top.ts'
import { selectedProfile } from '../../analyzers/pprof/view.ts'
import type { ViewOptions } from '../../analyzers/pprof/view-options.ts'
import { fixturePath, fixtureProfile } from './pprof-numbers.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'go-pprof-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function go(...args: readonly string[]): string {
  return execFileSync('go', ['tool', 'pprof', '-symbolize=none', ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** What Go reads in a profile of ours. */
function rawOf(profile: Profile): string {
  const file = path.join(folder, 'ours.pprof')
  writeFileSync(file, Buffer.concat([...encodePprof(profile)]))
  return go('-raw', file)
}

/** `name flat cum` of every row of a `-top` with values in the unit of the profile. */
function topRows(printed: string): string[] {
  const row = /^ *(-?\d+)\D* +[\d.e+-]+% +[\d.e+-]+% +(-?\d+)\D* +[\d.e+-]+% {2}(.+?)(?: \((?:partial-)?inline\))?$/
  return printed.split('\n').flatMap((line) => {
    const match = row.exec(line)
    return match === null ? [] : [`${match[3]} ${match[1]} ${match[2]}`]
  })
}

const filters: readonly (readonly [profile: string, options: ViewOptions])[] = [
  ['json-service/cpu', { focus: 'codec\\.' }],
  ['json-service/cpu', { focus: 'json', ignore: 'reflect|mallocgc' }],
  ['json-service/cpu', { ignore: '^runtime\\.' }],
  ['json-service/cpu', { hide: 'net/http' }],
  ['json-service/cpu', { show: 'acme/orders' }],
  ['json-service/cpu', { show: 'acme/orders', hide: 'codec' }],
  ['json-service/cpu', { show_from: 'ServeHTTP' }],
  ['json-service/cpu', { prune_from: 'mallocgc' }],
  ['json-service/cpu', { focus: 'libc' }],
  ['json-service/cpu', { focus: 'store\\.go' }],
  ['json-service/cpu', { focus: '(?i)SERVEHTTP' }],
  ['json-service/heap', { focus: 'strings\\.', hide: 'grow' }],
  ['json-service/heap', { tag_focus: 'bytes=1kb:64kb' }],
  ['json-service/heap', { tag_focus: '64kb:' }],
  ['json-service/heap', { tag_ignore: ':1kb' }],
  ['json-service/heap', { tag_focus: 'bytes=1024b' }],
  ['json-service/heap', { tag_focus: 'bytes=1024' }],
  ['labels/cpu', { tag_focus: 't-alpha' }],
  ['labels/cpu', { tag_focus: 'tenant_id=t-alpha|t-beta' }],
  ['labels/cpu', { tag_focus: 'tenant_id=alpha,beta' }],
  ['labels/cpu', { tag_focus: 'alpha,conn-0' }],
  ['labels/cpu', { tag_focus: 'tenant_id:t-' }],
  ['labels/cpu', { tag_ignore: 'phase=transform' }],
  ['labels/cpu', { tag_show: 'tenant' }],
  ['labels/cpu', { tag_hide: 'connector|phase' }],
  ['labels/cpu', { tag_focus: 'tenant_id=t-gamma', focus: 'sha1', hide: 'pprof\\.Do' }],
  ['labels/cpu', { tag_root: 'tenant_id' }],
  ['labels/cpu', { tag_root: 'tenant_id,connector_id', tag_leaf: 'phase', focus: 't-beta' }],
  ['json-service/heap', { tag_leaf: 'bytes' }],
  ['lock-convoy/mutex', { hide: 'Unlock' }],
  ['lock-convoy/mutex', { focus: 'Append', show: 'Append|Unlock' }],
  ['perf-c/cpu', { hide: 'libm' }],
  ['perf-c/cpu_unsymbolized', { show: 'hot' }],
  ['perf-c/cpu_unsymbolized', { focus: 'libm' }],
  ['node-service/wall', { focus: 'parseOrders', show_from: 'dev' }],
  // It names no binary, and an empty name matches.
  ['node-service/wall', { hide: '^$' }],
  ['node-service/wall', { tag_root: 'none' }],
  ['goroutine-leak/goroutine', { hide: '^runtime\\.' }],
]

const all = ['-nodefraction=0', '-edgefraction=0', '-nodecount=1000000']

const flagOf: Readonly<Record<string, string>> = {
  tag_focus: 'tagfocus',
  tag_ignore: 'tagignore',
  tag_show: 'tagshow',
  tag_hide: 'taghide',
  tag_root: 'tagroot',
  tag_leaf: 'tagleaf',
}

describe('filters leave the same samples', () => {
  test.each(filters.map(([name, options]) => [name, JSON.stringify(options), options] as const))(
    '%s %s',
    async (name, _, options) => {
      const flags = Object.entries(options).map(([option, value]) => `-${flagOf[option] ?? option}=${value}`)
      const profile = await fixtureProfile('dev', `${name}.pprof`)
      // Written and read once more, because only then are locations that no sample uses left out on both sides.
      const theirs = path.join(folder, 'theirs.pprof')
      go('-proto', `-output=${theirs}`, ...flags, fixturePath('dev', `${name}.pprof`))
      expect(rawOf(selectedProfile(profile, options))).toBe(go('-raw', theirs))
    },
  )
})

test('divided values are the same profile', async () => {
  const profile = await fixtureProfile('dev', 'json-service', 'cpu.pprof')
  const theirs = path.join(folder, 'divided.pprof')
  go('-proto', '-divide_by=3', `-output=${theirs}`, fixturePath('dev', 'json-service', 'cpu.pprof'))
  expect(rawOf(divideValues(profile, 3))).toBe(go('-raw', theirs))
})

describe('a difference is the same profile', () => {
  const pairs = [
    ['diff-before/cpu', 'diff-after/cpu'],
    ['diff-before/heap', 'diff-after/heap'],
    ['diff-before/block', 'diff-after/block'],
    ['json-service/heap', 'bundle/heap'],
    ['lock-hot-mutex/mutex', 'lock-convoy/mutex'],
  ] as const
  const modes = [
    ['-diff_base', {}],
    ['-base', { markBase: false }],
    ['-diff_base', { normalize: true }],
    ['-base', { markBase: false, normalize: true }],
  ] as const

  test.each(pairs.flatMap((pair) => modes.map((mode) => [...pair, ...mode] as const)))(
    '%s → %s %s %j',
    async (before, after, flag, options) => {
      const [base, profile] = [
        await fixtureProfile('dev', `${before}.pprof`),
        await fixtureProfile('dev', `${after}.pprof`),
      ]
      const normalize = 'normalize' in options ? ['-normalize'] : []
      expect(rawOf(subtract(profile, base, options).difference)).toBe(
        go(
          '-raw',
          ...normalize,
          `${flag}=${fixturePath('dev', `${before}.pprof`)}`,
          fixturePath('dev', `${after}.pprof`),
        ),
      )
    },
  )
})

describe('a merge is the same profile', () => {
  const pairs = [
    ['dev/json-service/cpu.pprof', 'dev/bundle/cpu.pprof'],
    // One names its binaries, the other does not.
    ['odd/06.pb.gz', 'odd/09.pb.gz'],
    ['odd/09.pb.gz', 'odd/06.pb.gz'],
  ] as const

  test.each(pairs)('%s %s', async (first, second) => {
    const theirs = path.join(folder, 'merged.pprof')
    go('-proto', `-output=${theirs}`, fixturePath(first), fixturePath(second))
    const merged = mergeProfiles([await fixtureProfile(first), await fixtureProfile(second)])
    expect(rawOf(merged)).toBe(go('-raw', theirs))
  })
})

describe('its own report has our numbers', () => {
  const reports = [
    ['json-service/cpu', 'cpu', 'ns', []],
    ['json-service/cpu', 'cpu', 'ns', ['-lines']],
    ['json-service/heap', 'alloc_space', 'B', []],
    ['json-service/heap', 'alloc_objects', 'B', ['-cum']],
    ['labels/cpu', 'samples', 'ns', ['-noinlines']],
    ['goroutine-leak/goroutine', 'goroutine', 'ns', ['-focus=chanrecv']],
    ['perf-c/cpu_unsymbolized', 'cpu', 'ns', ['-addresses']],
    ['node-service/wall', 'wall', 'ns', []],
  ] as const
  const options: Readonly<Record<string, ViewOptions & { cum?: boolean }>> = {
    '-lines': { granularity: 'line' },
    '-cum': { cum: true },
    '-noinlines': { inlines: false },
    '-focus=chanrecv': { focus: 'chanrecv' },
    '-addresses': { granularity: 'address' },
  }

  test.each(reports)('%s %s -unit=%s %j', async (name, type, unit, flags) => {
    const file = fixturePath('dev', `${name}.pprof`)
    const theirs = topRows(go('-top', ...all, `-sample_index=${type}`, `-unit=${unit}`, ...flags, file))
    const asked = Object.assign({ sample_index: type }, ...flags.map((flag) => options[flag]))
    const ours = top(await fixtureProfile('dev', `${name}.pprof`), asked).rows
    expect(theirs.length).toBeGreaterThan(0)
    expect(ours.map((row) => `${row.name} ${row.flat} ${row.cum}`).sort()).toEqual(theirs.sort())
  })
})

describe('frames that the producer wants dropped', () => {
  test.each([
    ['runtime\\..*', ''],
    ['runtime\\..*', 'runtime\\.mallocgc.*'],
    ['.*json.*', '.*Unmarshal'],
    ['main\\..*|net/http\\..*', ''],
  ])('drop %s keep %s', async (dropFrames, keepFrames) => {
    const profile = { ...(await fixtureProfile('dev', 'json-service', 'cpu.pprof')), dropFrames, keepFrames }
    const file = path.join(folder, 'dropping.pprof')
    writeFileSync(file, Buffer.concat([...encodePprof(profile)]))
    const ours = top(profile).rows.map((row) => `${row.name} ${row.flat} ${row.cum}`)
    expect(ours.sort()).toEqual(topRows(go('-top', ...all, '-unit=ns', file)).sort())
  })
})
