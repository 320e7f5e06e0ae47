/**
 * Opening big profiles: decode and top in a process of its own, beside `go tool pprof -top -symbolize=none` on the same
 * file in the same run; then calls on a profile of a few megabytes as a running server answers them. `--all` lets the
 * peer read the rest too, which takes many minutes: many different stacks or numeric labels cost it dearly.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { peek } from '../analyzers/pprof/peek.ts'
import { top } from '../analyzers/pprof/top.ts'
import { readProfile } from '../services/profiles/read-profile.ts'
import { type ProfileShape, writeProfile } from './generate-profile.ts'
import { type Measured, measureProcess } from './measure-process.ts'

interface Case {
  readonly name: string
  readonly shape: ProfileShape
  /** Whether the peer reads it without `--all`. */
  readonly peer: boolean
}

const small = { samples: 100_000, functions: 5_000, repeat: 0.9 }
const medium = { samples: 500_000, functions: 20_000, repeat: 0.9 }
const large = { samples: 2_000_000, functions: 50_000, repeat: 0.9 }
const cases: readonly Case[] = [
  { name: '100k', shape: { ...small, labels: false }, peer: true },
  { name: '100k, labels', shape: { ...small, labels: true }, peer: true },
  { name: '500k', shape: { ...medium, labels: false }, peer: true },
  { name: '500k, labels', shape: { ...medium, labels: true }, peer: false },
  { name: '100k, every stack new', shape: { ...small, labels: false, repeat: 0 }, peer: true },
  { name: '500k, every stack new', shape: { ...medium, labels: false, repeat: 0 }, peer: false },
  { name: '2M', shape: { ...large, labels: false }, peer: false },
  { name: '2M, labels', shape: { ...large, labels: true }, peer: false },
]

/** Changes with the generator, so that old files are not taken for new ones. */
const FILES_VERSION = 2

if (process.argv[2] === '--open') {
  await openOne(process.argv[3] ?? '')
} else {
  await compareAll(process.argv.includes('--all'))
  await answerTimes()
}

/** What is measured: the file decoded and its hottest functions found. */
async function openOne(file: string): Promise<void> {
  const { rows } = top(await readProfile(file), { nodecount: 10 })
  console.log(rows[0]?.name)
}

async function compareAll(all: boolean): Promise<void> {
  const peer = peerProgram()
  if (peer === undefined) console.log('`go tool pprof` is not installed: only our own figures.\n')
  console.log('| profile | unpacked | CPU | memory | peer CPU | peer memory | CPU ratio | memory ratio |')
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  const measured = new Map<string, Measured & { readonly unpacked: number }>()
  for (const each of cases) {
    const { file, unpacked } = await fileOf(each.shape)
    const ours = await measureProcess(process.execPath, [import.meta.filename, '--open', file])
    measured.set(each.name, { ...ours, unpacked })
    const theirs =
      peer !== undefined && (each.peer || all)
        ? await measureProcess(peer, ['-top', '-symbolize=none', '-nodecount=10', file])
        : undefined
    const ratios = theirs && [theirs.cpuSeconds / ours.cpuSeconds, theirs.peakBytes / ours.peakBytes]
    const cells = [
      each.name,
      megabytes(unpacked),
      seconds(ours.cpuSeconds),
      megabytes(ours.peakBytes),
      theirs === undefined ? '–' : seconds(theirs.cpuSeconds),
      theirs === undefined ? '–' : megabytes(theirs.peakBytes),
      ...(ratios?.map((ratio) => `${ratio.toFixed(1)} ×`) ?? ['–', '–']),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  printGrowth(measured)
}

function printGrowth(measured: ReadonlyMap<string, Measured & { readonly unpacked: number }>): void {
  const [half, labelled, two] = ['500k', '500k, labels', '2M'].map((name) => measured.get(name))
  if (half === undefined || labelled === undefined || two === undefined) return
  const perSample = two.cpuSeconds / large.samples / (half.cpuSeconds / medium.samples)
  const perByte = two.peakBytes / two.unpacked / (half.peakBytes / half.unpacked)
  console.log(`\nLabels cost ${(labelled.cpuSeconds / half.cpuSeconds).toFixed(2)} × the CPU.`)
  console.log(
    `From 500k to 2M samples, CPU per sample grows ${perSample.toFixed(2)} ×, memory per byte ${perByte.toFixed(2)} ×.\n`,
  )
}

/** Calls on a profile of about 4 MB, as a server that has been running answers them. */
async function answerTimes(): Promise<void> {
  const { file, unpacked } = await fileOf({ samples: 40_000, functions: 4_000, labels: true, repeat: 0.9 })
  // The first profile of a server pays for compiling the code, once.
  const warmUp = await readProfile(file)
  top(warmUp, {})
  peek(warmUp, { regex: 'Method1$' })
  const started = performance.now()
  const profile = await readProfile(file)
  top(profile, { nodecount: 50 })
  const first = performance.now() - started
  console.log(`| call on a profile of ${megabytes(unpacked)} | time |\n| --- | --- |`)
  console.log(`| decode and first top | ${first.toFixed(1)} ms |`)
  const calls: readonly (readonly [string, () => unknown])[] = [
    ['top', () => top(profile, { nodecount: 50 })],
    ['top by line', () => top(profile, { nodecount: 50, granularity: 'line' })],
    ['top with focus', () => top(profile, { nodecount: 50, focus: 'package1' })],
    ['top with tag_focus', () => top(profile, { nodecount: 50, tag_focus: 'tenant_id=tenant-1' })],
    ['peek', () => peek(profile, { regex: 'Method12' })],
  ]
  for (const [name, call] of calls) {
    call()
    const before = performance.now()
    for (let round = 0; round < 10; round++) call()
    console.log(`| ${name}, warm | ${((performance.now() - before) / 10).toFixed(1)} ms |`)
  }
}

async function fileOf(shape: ProfileShape): Promise<{ file: string; unpacked: number }> {
  const folder = path.join(tmpdir(), 'tracewright-bench')
  mkdirSync(folder, { recursive: true })
  const name = [FILES_VERSION, shape.samples, shape.functions, shape.repeat, shape.labels ? 'labels' : 'plain'].join(
    '-',
  )
  const file = path.join(folder, `${name}.pb.gz`)
  const sizeFile = `${file}.size`
  if (!existsSync(sizeFile)) {
    const unpacked = await writeProfile(`${file}.part`, shape)
    renameSync(`${file}.part`, file)
    writeFileSync(sizeFile, String(unpacked))
  }
  return { file, unpacked: Number(readFileSync(sizeFile, 'utf8')) }
}

/** The program behind `go tool pprof`, so that its own process is measured and not that of `go`. */
function peerProgram(): string | undefined {
  try {
    const folder = execFileSync('go', ['env', 'GOTOOLDIR'], { encoding: 'utf8' }).trim()
    const program = path.join(folder, 'pprof')
    return existsSync(program) ? program : undefined
  } catch {
    // No Go on this machine.
    return undefined
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}
