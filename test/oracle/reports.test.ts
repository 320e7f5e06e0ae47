/**
 * The reports of `go tool pprof`, character for character, with its options: over the fixture profiles, and over small
 * random ones that have everything a profile can have. What differs between versions of Go (dates, the legend's link,
 * how a box is labelled) is left out of the comparison.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { callgrindText } from '../../analyzers/pprof/report/callgrind.ts'
import { dotReport, dotText } from '../../analyzers/pprof/report/dot.ts'
import { rawText } from '../../analyzers/pprof/report/raw.ts'
import type { ReportOptions } from '../../analyzers/pprof/report/report.ts'
import { tagsText, tracesText } from '../../analyzers/pprof/report/samples.ts'
import { peekText, topText, treeText } from '../../analyzers/pprof/report/tables.ts'
import { readProfile } from '../../services/profiles/read-profile.ts'
import { fixturePath } from './pprof-numbers.ts'

const REGEX = 'main|json|a'

const reports: Readonly<Record<string, (profile: Profile, options: ReportOptions) => string>> = {
  top: topText,
  tree: treeText,
  peek: (profile, options) => peekText(profile, REGEX, options),
  traces: (profile, options) => [...tracesText(profile, options)].join(''),
  raw: (profile, options) => [...rawText(profile, options)].join(''),
  dot: (profile, options) => [...dotText(dotReport(profile, options))].join(''),
  callgrind: (profile, options) => [...callgrindText(profile, options)].join(''),
}

const flagOf: Readonly<Record<string, string>> = {
  node_fraction: 'nodefraction',
  edge_fraction: 'edgefraction',
  tag_focus: 'tagfocus',
  tag_hide: 'taghide',
  tag_root: 'tagroot',
  tag_leaf: 'tagleaf',
}

function flags(options: ReportOptions): string[] {
  return Object.entries(options).map(([name, value]) => {
    if (name === 'granularity') return value === 'address' ? '-addresses' : `-${value}s`
    if (name === 'inlines') return `-noinlines=${value === false}`
    return `-${flagOf[name] ?? name}=${value}`
  })
}

let pprof = ''
beforeAll(() => {
  const folder = execFileSync('go', ['env', 'GOTOOLDIR'], { encoding: 'utf8' }).trim()
  pprof = path.join(folder, 'pprof')
})

/** '' where it has nothing to show. */
function go(...args: readonly string[]): string {
  try {
    return execFileSync(pprof, ['-symbolize=none', ...args], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TZ: 'UTC' },
    })
  } catch {
    return ''
  }
}

function comparable(report: string, text: string): string {
  const dated = text.replace(/^Time: .*$/m, 'Time')
  if (report !== 'dot') return dated
  return dated
    .replace(/\\lTime: [^\\]*/, '')
    .replace(/\\l\\lSee https:[^"]*?\\l"/, '\\l"')
    .replace(/^(N\d+ \[label=").*?" id=/gm, '$1" id=')
}

async function compare(report: string, file: string, options: ReportOptions): Promise<void> {
  const kind = report === 'peek' ? `-peek=${REGEX}` : `-${report}`
  const theirs = go(kind, ...flags(options), file)
  const ours = reports[report]?.(await readProfile(file), options) ?? ''
  expect(comparable(report, ours)).toBe(comparable(report, theirs))
}

const options: readonly ReportOptions[] = [
  {},
  { cum: true, nodecount: 10 },
  { nodecount: 7, granularity: 'line' },
  { granularity: 'file', unit: 'ms' },
  { granularity: 'filefunction', divide_by: 3 },
  { granularity: 'address', node_fraction: 0.02 },
  { mean: true, sample_index: 1 },
  { trim: false, inlines: false },
  { edge_fraction: 0.05, relative_percentages: true, focus: 'runtime' },
  { hide: 'runtime', show: 'main|json|sort', compact_labels: true },
  { tag_root: 'tenant_id,bytes' },
  { tag_leaf: 'bytes', unit: 'MB' },
]

describe.each(['json-service/heap', 'labels/cpu', 'lock-hot-mutex/mutex', 'perf-c/cpu_unsymbolized'])('%s', (name) => {
  test.each(Object.keys(reports))('%s', async (report) => {
    const file = fixturePath('dev', `${name}.pprof`)
    for (const [index, each] of options.entries()) {
      // Of the long reports, and where Go 1.19 ignores an option that later versions follow, only some.
      if (report === 'traces' || report === 'raw' || report === 'callgrind') if (index > 1) continue
      // Equal rows of one file come in no order there.
      if (report === 'dot' && each.granularity === 'file') continue
      await compare(report, file, each)
    }
  })
})

describe('random profiles', () => {
  const folder = fixturePath('odd')
  const files = readdirSync(folder).filter((name) => name.endsWith('.pb.gz'))

  test('there are some', () => expect(files.length).toBeGreaterThan(20))

  test.each(files)('%s', async (name) => {
    for (const report of ['tree', 'peek', 'traces', 'raw']) await compare(report, path.join(folder, name), {})
    await compare('top', path.join(folder, name), { granularity: 'line', cum: true, tag_root: 'tenant', unit: 'ms' })
  })
})

describe('values by label', () => {
  test.each(['labels/cpu', 'json-service/heap'])('%s', async (name) => {
    const file = fixturePath('dev', `${name}.pprof`)
    // Go 1.19 rounds to one decimal, later versions write the same values as everywhere else.
    const rows = (text: string) =>
      text.split('\n').flatMap((line) => {
        const match = /^ *(-?[\d.]+)([A-Za-z]*) \( *[\d.e-]+%\):? (.*)$/.exec(line)
        const isShown = match !== null && Number(match[1]) !== 0
        return isShown ? [`${Number(match[1]).toFixed(1)}${match[2]} ${match[3]}`] : []
      })
    const theirs = rows(go('-tags', file))
    expect(theirs.length).toBeGreaterThan(2)
    expect(rows(tagsText(await readProfile(file), {}))).toEqual(theirs)
  })
})
