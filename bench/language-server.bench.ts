/**
 * How long the language server takes for programs of a thousand lines: from a change to its diagnostics, completion and
 * hover, all measured inside the server as one version of a document follows the other. Processor time stands beside the
 * clock, because a busy machine stretches only the latter. Then the memory of the built server as a process, with a
 * large document open, after minutes' worth of typing and with every list of the kernel asked for once; and what ten
 * thousand edits leave in the heap. Ends with code 1 where a bar is missed.
 */
import { TextDocument } from 'vscode-languageserver-textdocument'
import { complete } from '../analyzers/bpftrace/completion/complete.ts'
import { hover } from '../analyzers/bpftrace/hover.ts'
import { inlayHints } from '../analyzers/bpftrace/inlay-hints.ts'
import { semanticTokens } from '../analyzers/bpftrace/semantic-tokens.ts'
import { keepHeapSmall } from '../language-server/idle-memory.ts'
import { parseSettings, serverSettings } from '../language-server/settings.ts'
import { createSnapshot, DocumentMemory } from '../language-server/snapshot.ts'
import { createTargetResolver } from '../language-server/target.ts'
import { build } from '../scripts/build.ts'
import { heapAfterCollection, versionOfDay } from '../test/day-of-edits.ts'
import { startServerProcess } from './language-server-process.ts'
import { shapes } from './thousand-lines.ts'

const rounds = 100
const warmUp = 20

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

let missed = 0

function report(name: string, bar: number, { clock, processor }: Measured): void {
  const cells = [clock, processor].flatMap((values) => [percentile(values, 0.5), percentile(values, 0.95)])
  if ((cells[1] ?? 0) > bar) missed++
  console.log(`| ${name} | ${bar} | ${cells.map((value) => value.toFixed(1)).join(' | ')} |`)
}

function reportOne(name: string, bar: number, value: number): void {
  if (value > bar) missed++
  console.log(`| ${name} | ${bar} | ${value.toFixed(1)} | | | |`)
}

keepHeapSmall()
const settings = parseSettings(serverSettings, { bpftrace: { version: '0.27' } }, console.error)
const started = performance.now()
const target = await createTargetResolver()(settings, true)
const loaded = performance.now() - started
const basis = { target, settings }

/** One document, version after version, as the server keeps it. */
class EditedDocument {
  readonly text: string
  /** Where the first probe in the second half begins, or a statement of one that began before. */
  readonly place: number
  readonly #memory = new DocumentMemory()
  #version = 0

  constructor(text: string) {
    this.text = text
    const brace = text.indexOf('{\n', text.length / 2)
    this.place = (brace < 0 ? text.indexOf(';\n', text.length / 2) : brace) + 2
  }

  /** A person types a digit into the middle of the program. */
  changed(round: number) {
    const edited = `${this.text.slice(0, this.place)}  @typed = ${round};\n${this.text.slice(this.place)}`
    return createSnapshot(
      TextDocument.create('file:///bench.bt', 'bpftrace', this.#version++, edited),
      basis,
      this.#memory,
    )
  }
}

const programs = shapes(target.kernel)
const main = new EditedDocument(programs['many small probes'] ?? '')
const first = performance.now()
complete(main.changed(0).context, main.place + 3)
const firstCompletion = performance.now() - first + loaded

console.log(`\n${target.kernel.source.description}`)
console.log('\n| ms | bar | p50 | p95 | processor p50 | processor p95 |\n| --- | ---: | ---: | ---: | ---: | ---: |')
for (const [shape, text] of Object.entries(programs)) {
  const document = new EditedDocument(text)
  report(
    `change to diagnostics, ${shape} (${text.split('\n').length} lines)`,
    20,
    measure((round) => document.changed(round).diagnostics),
  )
}
report(
  'change to completion of a word',
  20,
  measure((round) => complete(main.changed(round).context, main.place + 3)),
)
const settled = main.changed(0)
settled.diagnostics.length
const text = settled.document.getText()
const features: readonly (readonly [name: string, bar: number, work: () => unknown])[] = [
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
for (const [name, bar, work] of features) report(name, bar, measure(work))
reportOne('first completion, kernel cold', 300, firstCompletion)

/** One unfinished program for each list that the kernel and its programs give. */
const lists = [
  'kprobe:',
  'kprobe:vfs_',
  'tracepoint:',
  'tracepoint:syscalls:sys_enter_',
  'rawtracepoint:',
  'fentry:',
  'uprobe:libc:',
  'usdt:/lib/x86_64-linux-gnu/libc.so.6:',
  'kprobe:f { $x = (struct ',
  'kprobe:f { ((struct task_struct *)curtask)->',
  'kprobe:f { ',
]

await build()
const server = await startServerProcess()
const uri = 'file:///bench.bt'
await server.open(uri, main.text)
const line = main.text.slice(0, main.place).split('\n').length - 1
for (let round = 0; round < 300; round++) {
  await server.replaceLine(uri, line, `  @typed = ${round};\n`)
  await server.diagnostics(uri)
  await server.complete(uri, line, 4)
}
for (const [index, list] of lists.entries()) {
  await server.open(`file:///list${index}.bt`, list)
  await server.complete(`file:///list${index}.bt`, 0, list.length)
  await server.diagnostics(`file:///list${index}.bt`)
}
const { resident, most } = server.memory()
await server.stop()
reportOne('memory of the server with everything loaded (MB)', 150, resident)
reportOne('the most it ever had (MB)', 150, most)

const day = new DocumentMemory()
const edit = (round: number) => {
  const document = TextDocument.create('file:///day.bt', 'bpftrace', round, versionOfDay(round))
  return createSnapshot(document, basis, day).diagnostics
}
for (let round = 0; round < 300; round++) edit(round)
const before = heapAfterCollection()
for (let round = 0; round < 10_000; round++) edit(round)
reportOne('growth of the heap by 10,000 edits (MB)', 5, (heapAfterCollection() - before) / 1e6)
if (missed > 0) process.exitCode = 1
