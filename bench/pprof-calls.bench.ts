/**
 * What the tools that read profiles take in a running server: over the standard streams of the built server, on the clock
 * and of all its threads. "First" is the first call on a profile, of a server that has just started and of one that had a
 * moment to get ready; "warm" are calls on a profile that has been read before, each another question.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { build } from '../scripts/build.ts'
import { type ProfileShape, writeProfile } from './generate-profile.ts'
import { type MeasuredCall, startMcpProcess } from './mcp-process.ts'
import { readCalls } from './pprof-calls.ts'

interface Sample {
  readonly name: string
  readonly shape: ProfileShape
  /** Whether every tool is measured on it. */
  readonly isWarm: boolean
}

const usual = { repeat: 0.9, labels: false }
const samples: readonly Sample[] = [
  { name: '1 MB', shape: { samples: 10_000, functions: 1_500, ...usual }, isWarm: false },
  { name: '3 MB', shape: { samples: 30_000, functions: 3_000, ...usual }, isWarm: false },
  { name: '5 MB', shape: { samples: 47_000, functions: 4_500, ...usual }, isWarm: true },
  { name: '5 MB, labels', shape: { samples: 43_000, functions: 4_500, ...usual, labels: true }, isWarm: false },
  {
    name: '5 MB, every stack new',
    shape: { samples: 46_000, functions: 4_500, repeat: 0, labels: false },
    isWarm: true,
  },
]

const STARTS = 3
const ROUNDS = 5
/** What a host takes to list the tools and to think. */
const MOMENT_MS = 2_000

const folder = mkdtempSync(path.join(tmpdir(), 'tracewright-calls-'))
try {
  await build()
  const files = new Map<Sample, string>()
  for (const sample of samples) {
    const file = path.join(folder, `${sample.name.replaceAll(/\W+/g, '-')}.pb.gz`)
    await writeProfile(file, sample.shape)
    files.set(sample, file)
  }
  mkdirSync(path.join(folder, 'home'))
  await firstCalls(files)
  await warmCalls(files)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function firstCalls(files: ReadonlyMap<Sample, string>): Promise<void> {
  console.log('| first call: top | right after the start | CPU | after a moment | CPU |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const [{ name }, profile] of files) {
    const cells: string[] = []
    for (const wait of [0, MOMENT_MS]) {
      const measured: MeasuredCall[] = []
      for (let start = 0; start < STARTS; start++) {
        const server = await startMcpProcess(path.join(folder, 'home'))
        await setTimeout(wait)
        measured.push(await server.call('pprof.top', { profile }))
        await server.stop()
      }
      cells.push(milliseconds(median(measured.map((each) => each.wallMs))))
      cells.push(milliseconds(median(measured.map((each) => each.cpuMs))))
    }
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

async function warmCalls(files: ReadonlyMap<Sample, string>): Promise<void> {
  const shown = [...files].filter(([{ isWarm }]) => isWarm)
  const server = await startMcpProcess(path.join(folder, 'home'))
  await setTimeout(MOMENT_MS)
  const [[, base = ''] = []] = [...files]
  for (const profile of [base, ...shown.map(([, file]) => file)]) await server.call('pprof.top', { profile })
  console.log(`\n| warm call: first, median, median CPU | ${shown.map(([{ name }]) => name).join(' | ')} |`)
  console.log(`| --- |${shown.map(() => ' --- |').join('')}`)
  for (const call of readCalls) {
    const cells: string[] = []
    for (const [, profile] of shown) {
      const measured: MeasuredCall[] = []
      for (let round = 0; round < ROUNDS; round++)
        measured.push(await server.call(call.tool, call.of(profile, round, base)))
      const [first] = measured
      const figures = [
        first?.wallMs ?? 0,
        median(measured.map((each) => each.wallMs)),
        median(measured.map((each) => each.cpuMs)),
      ]
      // A refusal, such as of an answer that is too long, takes its time as well.
      const code = /"code":"(\w+)"/.exec(first?.error ?? '')?.[1]
      cells.push(figures.map((each) => each.toFixed(1)).join(', ') + (code === undefined ? '' : ` (${code})`))
    }
    console.log(`| ${call.name} | ${cells.join(' | ')} |`)
  }
  console.log(`\nThe server has ${server.resident().toFixed(0)} MB in memory then.`)
  await server.stop()
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`
}
