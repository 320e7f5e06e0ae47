/**
 * Reading the tools that Debian's bpftrace packages install: our parser and our whole check in one process, our command
 * started for each file, and the compiler of the same version asked about the grammar, which it answers only by a process
 * for each file; then bookworm's tools once more, all of them, beside `bpftrace -d` of the same run. Run as root: the
 * compilers are entered by chroot.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyze } from '../analyzers/bpftrace/analyze.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import { atLeast, requireVersion } from '../analyzers/bpftrace/version.ts'
import { build } from '../scripts/build.ts'
import { ensureTrees } from '../scripts/shared/debian-trees.ts'
import { dist } from '../scripts/shared/paths.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { requireCompiler } from '../test/oracle/compilers.ts'

const ROUNDS = 20

/** Starting a process for each takes long, so not for all. */
const EACH = 5
const sample = <T>(all: readonly T[]): readonly T[] => all.filter((_, index) => index % EACH === 0)

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Milliseconds for the whole set: the first time, before anything is compiled, and the median of the rounds after. */
function inProcess(work: () => unknown): { first: number; warm: number } {
  const times = Array.from({ length: ROUNDS + 1 }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return { first: times[0] ?? 0, warm: median(times.slice(1)) }
}

/** The compiler's whole judgement of one file, nothing attached. */
function debug(tree: string, file: string): void {
  const { error } = spawnSync('chroot', [tree, 'bpftrace', '--unsafe', '-d', file], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  if (error) throw error
}

async function once(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Wall time for a judgement of every tool by a process each, as a person would ask the compiler. */
const PEER_ROUNDS = 3
const AT_LEAST = 100

await build()
const kernel = await createKernelFacts({ source: 'snapshot' })
const rows: string[] = []
let besideDebug = ''
for (const { path, bpftrace } of await ensureTrees()) {
  const files = globSync('usr/sbin/*.bt', { cwd: path }).map((file) => join(path, file))
  const programs = files.map((file) => readFileSync(file, 'utf8'))
  const version = requireVersion(bpftrace)
  const compiler = requireCompiler(`${version.major}.${version.minor}`)

  const parsing = inProcess(() => programs.map((program) => parse(program)))
  const checking = inProcess(() =>
    programs.map((program) => analyze(program, { bpftrace: version, kernel, unsafe: true })),
  )
  const command = await once(async () => {
    for (const file of sample(files)) {
      const args = [join(dist, 'cli.js'), 'check', '--unsafe', '--bpftrace', bpftrace, file]
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      // A tool may be right for another kernel only; then the answer is 1.
      if (status !== 0 && status !== 1) throw new Error(`${file}: ${stderr}`)
    }
  })
  const peer = await once(async () => {
    for (const program of sample(programs)) await compiler.grammar(program)
  })
  if (!atLeast(version, '0.18')) {
    const rounds: number[] = []
    for (let round = 0; round < PEER_ROUNDS; round++) {
      // The path is the compiler's own, as the tools lie in its tree.
      const all = async () => {
        for (const file of files) debug(path, file.slice(path.length))
      }
      rounds.push(await once(all))
    }
    const theirs = median(rounds)
    const again = inProcess(() =>
      programs.map((program) => analyze(program, { bpftrace: version, kernel, unsafe: true })),
    )
    const ratio = theirs / again.warm
    besideDebug = `
The ${files.length} tools of ${bpftrace}: \`bpftrace -d\` ${theirs.toFixed(0)} ms (median of ${PEER_ROUNDS}), our whole check ${again.warm.toFixed(1)} ms warm
(median of ${ROUNDS}): **${ratio.toFixed(0)}× faster**${ratio < AT_LEAST ? `, less than the ${AT_LEAST}× that is asked for` : ''}`
  }
  const kilobytes = programs.reduce((sum, program) => sum + program.length, 0) / 1024
  const started = sample(programs).length
  const perTool = [command / started, peer / started]
  const cells = [parsing.first, parsing.warm, checking.first, checking.warm, ...perTool].map((ms) => ms.toFixed(1))
  rows.push(`| ${bpftrace} | ${files.length} | ${kilobytes.toFixed(0)} | ${cells.join(' | ')} |`)
}
console.log(`
All installed tools of each version: milliseconds for the whole set (warm: median of ${ROUNDS} rounds), and for one tool
where a process is started for each (mean of every fifth)

| bpftrace | tools | kB | parse, first | parse, warm | check, first | check, warm | one \`tracewright check\` | one \`bpftrace\`, grammar only |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
${besideDebug}`)
