/**
 * What knowing a kernel costs: from the start of loading to the first answers, in a process of its own for each source,
 * so that nothing is warm; and the memory that everything together takes.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../scripts/shared/paths.ts'

const PROCESSES = 5

/** Runs in the child: each step's milliseconds, then megabytes. */
const program = `
const { createKernelFacts } = await import(process.argv[1])
globalThis.gc()
const before = process.memoryUsage()
const steps = {}
let last = performance.now()
const step = (name) => { const now = performance.now(); steps[name] = now - last; last = now }
const facts = await createKernelFacts({ source: process.argv[2] })
step('load')
facts.record('struct', 'task_struct').fields.map((field) => field.type.kind)
step('fields of task_struct')
facts.names('tracepoint')
facts.tracepoint('sched', 'sched_switch')
step('tracepoints')
facts.names('function')
step('functions')
facts.signature('vfs_read').params.map((param) => param.type.kind)
facts.rawTracepoint('sched_switch')
facts.enumerator('TCP_ESTABLISHED')
for (const kind of ['struct', 'union', 'enum', 'typedef', 'rawtracepoint', 'module']) facts.names(kind)
step('all other names')
globalThis.gc()
const after = process.memoryUsage()
steps['heap MB'] = (after.heapUsed - before.heapUsed) / 1e6
steps['buffers MB'] = (after.arrayBuffers - before.arrayBuffers) / 1e6
console.log(JSON.stringify(steps))
`

function measure(source: string): Readonly<Record<string, number>> {
  const module = join(root, 'services/kernel/kernel-service.ts')
  const args = ['--expose-gc', '--input-type=module', '-e', program, module, source]
  return z.record(z.string(), z.number()).parse(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

const sources = ['snapshot', 'live']
const results = sources.map((source) => Array.from({ length: PROCESSES }, () => measure(source)))
console.log(
  `\n| step (ms, median of ${PROCESSES} processes) | ${sources.join(' | ')} |\n| --- |${' ---: |'.repeat(sources.length)}`,
)
for (const name of Object.keys(results[0]?.[0] ?? {})) {
  const cells = results.map((runs) => median(runs.map((run) => run[name] ?? 0)).toFixed(1))
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
