/**
 * The soak of the bpftrace analyzers by count: so many mutated programs through everything, on every core, each within
 * its time. Prints how it goes, the slowest programs, and what threw with the numbers that make the program again.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { mutate } from '../../test/mutation/mutate.ts'
import { seedPrograms } from '../../test/mutation/seed-programs.ts'
import { LIMIT_MS, type Report, type Share, SLOWEST, type Slow, type Thrown } from '../../test/mutation/soak-share.ts'
import { dim, green, red, seconds } from './terminal.ts'

export interface SoakOptions {
  readonly programs: number
  readonly seed: number
  readonly jobs?: number
  /** The number of the first program: with `programs: 1` one is seen again. */
  readonly from: number
}

const PROGRESS_EVERY_MS = 10_000
/** A thread that has been at one program for so long will not end by itself, however busy the machine is. */
const HANGS_AFTER_MS = 10 * 60_000
const SHOWN_EXCEPTIONS = 20

/** Whether all went well. */
export async function soakMutations({ programs, seed, from, jobs = availableParallelism() }: SoakOptions) {
  const seeds = await seedPrograms({ installed: true })
  console.log(`${count(programs)} mutated programs of ${count(seeds.length)}, seed ${seed}, ${jobs} threads`)
  const show = ({ index, version }: Slow | Thrown) =>
    `target ${version}, program ${index} (npm run soak -- --programs 1 --seed ${seed} --from ${index}):\n${quote(mutate(seeds, seed + index))}`
  const started = performance.now()
  const total = { done: 0, cpuMs: 0, thrown: 0, slow: 0 }
  let slowest: readonly Slow[] = []
  // What is wrong is said at once: a long soak may be ended before it is through.
  const take = ({ done, cpuMs, ...found }: Report) => {
    total.done += done
    total.cpuMs += cpuMs
    total.thrown += found.thrown.length
    for (const each of found.thrown) {
      if (total.thrown <= SHOWN_EXCEPTIONS) console.log(red(`\n${each.stack}\n${show(each)}`))
    }
    for (const each of found.slowest.filter(({ ms }) => ms > LIMIT_MS)) {
      total.slow++
      console.log(red(`\n${each.ms.toFixed(1)} ms, ${show(each)}`))
    }
    slowest = [...slowest, ...found.slowest].toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST)
  }
  const progress = setInterval(() => {
    const each = total.cpuMs / Math.max(1, total.done)
    const worst = slowest[0]?.ms.toFixed(1) ?? '-'
    console.log(
      dim(`  ${count(total.done)} done, ${each.toFixed(2)} ms each, slowest ${worst} ms, ${total.thrown} threw`),
    )
  }, PROGRESS_EVERY_MS)
  const current = new Int32Array(new SharedArrayBuffer(4 * jobs)).fill(-1)
  const threads = Array.from({ length: jobs }, (_, thread) =>
    runThread({ seed, from: from + thread, to: from + programs, step: jobs, current, thread }, take),
  )
  try {
    await Promise.all(threads)
  } finally {
    clearInterval(progress)
  }
  console.log(`\nThe slowest ${slowest.length}, milliseconds of CPU:`)
  for (const each of slowest) console.log(`\n${each.ms.toFixed(1)} ms, ${show(each)}`)
  const isClean = total.thrown === 0 && total.slow === 0
  const verdict = `${count(total.done)} programs in ${seconds(performance.now() - started)}: ${total.thrown} exceptions, ${total.slow} over ${LIMIT_MS} ms`
  console.log(isClean ? green(verdict) : red(verdict))
  return isClean
}

function runThread(share: Share, take: (report: Report) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../../test/mutation/soak-thread.ts', import.meta.url), { workerData: share })
    let seen = { at: -1, since: performance.now() }
    const watch = setInterval(() => {
      const at = Atomics.load(share.current, share.thread)
      if (at !== seen.at) seen = { at, since: performance.now() }
      if (at < 0 || performance.now() - seen.since < HANGS_AFTER_MS) return
      clearInterval(watch)
      reject(new Error(`program ${at} of seed ${share.seed} does not end`))
      void worker.terminate()
    }, 1000)
    worker.on('message', take)
    worker.on('error', reject)
    worker.on('exit', (code) => {
      clearInterval(watch)
      if (code === 0) resolve()
      else reject(new Error(`a thread of the soak ended with ${code}`))
    })
  })
}

const count = (value: number) => value.toLocaleString('en')

const LONGEST_SHOWN = 600

/** With its odd characters escaped, so that it can be pasted. */
function quote(program: string): string {
  const text = JSON.stringify(program)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${program.length} characters)` : text
}
