/**
 * How long the language server takes for a program of a thousand lines: from a change to its diagnostics, completion and
 * hover, all measured inside the server as a new version of the document arrives. Processor time stands beside the
 * clock, because a busy machine stretches only the latter. Ends with code 1 where a bar is missed.
 */
import { TextDocument } from 'vscode-languageserver-textdocument'
import { complete } from '../analyzers/bpftrace/completion/complete.ts'
import { hover } from '../analyzers/bpftrace/hover.ts'
import { inlayHints } from '../analyzers/bpftrace/inlay-hints.ts'
import { semanticTokens } from '../analyzers/bpftrace/semantic-tokens.ts'
import { parseSettings, serverSettings } from '../language-server/settings.ts'
import { createSnapshot, type Snapshot } from '../language-server/snapshot.ts'
import { createTargetResolver } from '../language-server/target.ts'

const rounds = 100
const warmUp = 20

/** One probe after another of the kinds that real tools have, until there are a thousand lines. */
function program(): string {
  const probes = ['vfs_read', 'vfs_write', 'tcp_sendmsg', 'tcp_recvmsg', 'do_sys_openat2', 'blk_mq_start_request']
  const blocks = Array.from({ length: 84 }, (_, n) => {
    const probe = probes[n % probes.length]
    return `
// Latency of call ${n}
kprobe:${probe} /pid != ${n}/ {
  @start${n}[tid] = nsecs;
  $task = (struct task_struct *)curtask;
  @parents${n}[$task->real_parent->comm, comm] = count();
}
kretprobe:${probe} /@start${n}[tid]/ {
  $us = (nsecs - @start${n}[tid]) / 1000;
  if ($us > ${n}) { printf("%-6d %-16s %d\\n", pid, comm, $us); }
  @us${n} = hist($us); delete(@start${n}, tid);
}`
  })
  return `BEGIN { printf("Tracing\\n"); }\n${blocks.join('\n')}\n`
}

interface Measured {
  readonly clock: readonly number[]
  readonly processor: readonly number[]
}

function measure(work: (round: number) => unknown): Measured {
  const clock: number[] = []
  const processor: number[] = []
  for (let round = 0; round < rounds + warmUp; round++) {
    const usage = process.cpuUsage()
    const start = performance.now()
    work(round)
    const elapsed = performance.now() - start
    const { user, system } = process.cpuUsage(usage)
    if (round < warmUp) continue
    clock.push(elapsed)
    processor.push((user + system) / 1000)
  }
  return { clock, processor }
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
}

const text = program()
const middle = text.indexOf('@parents42')
const settings = parseSettings(serverSettings, { bpftrace: { version: '0.27' } }, console.error)
const started = performance.now()
const target = await createTargetResolver()(settings, true)
const loaded = performance.now() - started
const basis = { target, settings }
/** A person types a digit into the middle of the program. */
const changed = (round: number): Snapshot => {
  const edited = `${text.slice(0, middle)}@typed = ${round};\n  ${text.slice(middle)}`
  return createSnapshot(TextDocument.create('file:///bench.bt', 'bpftrace', round, edited), basis)
}
const first = performance.now()
complete(changed(0).context, middle + 2)
const firstCompletion = performance.now() - first + loaded
const settled = changed(0)
settled.diagnostics.length

const bars: readonly (readonly [name: string, bar: number, work: (round: number) => unknown])[] = [
  ['change to diagnostics', 20, (round) => changed(round).diagnostics],
  ['change to completion of a word', 20, (round) => complete(changed(round).context, middle + 2)],
  ['completion of a kernel function', 20, () => complete(settled.context, text.indexOf('kprobe:vfs_read') + 9)],
  ['completion of a field', 20, () => complete(settled.context, text.indexOf('real_parent') + 4)],
  ['hover', 10, () => hover(settled.context, text.indexOf('curtask') + 2)],
  ['semantic tokens', 20, () => semanticTokens(settled.context)],
  [
    'inlay hints',
    20,
    () => inlayHints(settled.context, { start: 0, end: text.length }, { types: true, parameterNames: true }),
  ],
]

console.log(`\n${text.split('\n').length} lines; ${target.kernel.source.description}`)
console.log('\n| ms | bar | p50 | p95 | processor p50 | processor p95 |\n| --- | ---: | ---: | ---: | ---: | ---: |')
let missed = 0
for (const [name, bar, work] of bars) {
  const { clock, processor } = measure(work)
  const cells = [clock, processor].flatMap((values) => [percentile(values, 0.5), percentile(values, 0.95)])
  if ((cells[1] ?? 0) > bar) missed++
  console.log(`| ${name} | ${bar} | ${cells.map((value) => value.toFixed(1)).join(' | ')} |`)
}
console.log(`| first completion, kernel cold | 300 | ${firstCompletion.toFixed(1)} | | | |`)
const megabytes = process.memoryUsage().rss / 1e6
console.log(`| memory of the process (MB) | 150 | ${megabytes.toFixed(0)} | | | |`)
if (missed > 0) process.exitCode = 1
