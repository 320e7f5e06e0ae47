/**
 * One thread of the soak: every n-th mutated program through everything, with the CPU time of each. What takes too long
 * is tried again before it is reported, because a collection of garbage or a compilation belongs to no program.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { ask, check, rewrite } from './everything.ts'
import { mutate, randomFrom } from './mutate.ts'
import { seedPrograms } from './seed-programs.ts'

export interface Share {
  readonly seed: number
  /** The programs `from`, `from + step`, … below `to`. */
  readonly from: number
  readonly to: number
  readonly step: number
  /** Holds the program that each thread is at, so that one which hangs can be named. */
  readonly current: Int32Array
  readonly thread: number
}

export interface Slow {
  readonly index: number
  readonly version: string
  readonly ms: number
}

export interface Thrown {
  readonly index: number
  readonly version: string
  readonly stack: string
}

export interface Report {
  readonly done: number
  readonly cpuMs: number
  readonly slowest: readonly Slow[]
  readonly thrown: readonly Thrown[]
}

export const TARGETS = ['0.17.0', '0.27.1'] as const
export const LIMIT_MS = 100
export const SLOWEST = 10
const REPORT_EVERY = 500

// Given by the soak, of the same checkout.
const share = workerData as Share
const kernel = await createKernelFacts({ source: 'snapshot' })
const targets = TARGETS.map((version) => ({ version, bpftrace: requireVersion(version) }))
const programs = await seedPrograms({ installed: true })

const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function judge(program: string, index: number, { bpftrace }: (typeof targets)[number]): number {
  const random = randomFrom(index)
  const judged = { bpftrace, kernel, unsafe: random.below(2) === 0 }
  const started = cpuMs()
  check(program, judged)
  ask(program, judged, random.below(program.length + 1))
  rewrite(program, judged)
  return cpuMs() - started
}

// What is read or compiled once belongs to no program.
for (const program of programs) for (const target of targets) judge(program, 0, target)

let report = { done: 0, cpuMs: 0, slowest: [] as Slow[], thrown: [] as Thrown[] }

function tell(): void {
  parentPort?.postMessage(report satisfies Report)
  report = { done: 0, cpuMs: 0, slowest: [], thrown: [] }
}

for (let index = share.from; index < share.to; index += share.step) {
  Atomics.store(share.current, share.thread, index)
  const program = mutate(programs, share.seed + index)
  for (const target of targets) {
    try {
      let ms = judge(program, index, target)
      report.cpuMs += ms
      for (let again = 0; again < 2 && ms > LIMIT_MS; again++) ms = Math.min(ms, judge(program, index, target))
      report.slowest.push({ index, version: target.version, ms })
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      report.thrown.push({ index, version: target.version, stack })
    }
  }
  if (++report.done === REPORT_EVERY) {
    report.slowest = report.slowest.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST)
    tell()
  }
}
report.slowest = report.slowest.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST)
tell()
