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
import { LIMIT_MS, type Report, type Share, SLOWEST, type Slow, TARGETS, type Thrown } from './soak-share.ts'

const REPORT_EVERY = 500

// Given by the soak, of the same checkout.
const share = workerData as Share
const kernel = await createKernelFacts({ source: 'snapshot' })
const targets = TARGETS.map((version) => ({ version, bpftrace: requireVersion(version) }))
type Target = (typeof targets)[number]
const programs = await seedPrograms({ installed: true })

const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** What a keystroke costs; where `asked`, what questions and rewriting cost too: the dearest of them. */
function judge(program: string, index: number, { bpftrace }: Target, asked: boolean): number {
  const random = randomFrom(index)
  const judged = { bpftrace, kernel, unsafe: random.below(2) === 0 }
  const place = random.below(program.length + 1)
  const timed = (job: () => void) => {
    const started = cpuMs()
    job()
    return cpuMs() - started
  }
  const keystroke = timed(() => check(program, judged))
  if (!asked) return keystroke
  return Math.max(
    keystroke,
    timed(() => ask(program, judged, place)),
    timed(() => rewrite(program, judged)),
  )
}

// What is read or compiled once belongs to no program.
for (const program of programs) for (const target of targets) judge(program, 0, target, true)

let report = { done: 0, cpuMs: 0, slowest: [] as Slow[], thrown: [] as Thrown[] }

function tell(): void {
  parentPort?.postMessage(report satisfies Report)
  report = { done: 0, cpuMs: 0, slowest: [], thrown: [] }
}

for (let index = share.from; index < share.to; index += share.step) {
  Atomics.store(share.current, share.thread, index)
  const program = mutate(programs, share.seed + index)
  for (const [turn, target] of targets.entries()) {
    const { version } = target
    // Now and then: an eighth of the programs for each target.
    const asked = Math.floor(index / 2) % 8 === turn * 4
    try {
      let ms = judge(program, index, target, asked)
      report.cpuMs += ms
      for (let again = 0; again < 2 && ms > LIMIT_MS; again++) ms = Math.min(ms, judge(program, index, target, asked))
      report.slowest.push({ index, version, ms })
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      report.thrown.push({ index, version, stack })
    }
  }
  if (++report.done === REPORT_EVERY) {
    report.slowest = report.slowest.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST)
    tell()
  }
}
report.slowest = report.slowest.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST)
tell()
