/**
 * Holds the checker against a corpus of programs with real compilers' verdicts and prints every bar, with the classes
 * of what it missed and of what it called wrong. The corpus is a JSON Lines file given as an argument and never part of
 * the repository: `{id, source, program, unsafe, params, split, installed?, versions: {V: {verdict, errors, warnings}}}`,
 * verdict `ok | syntax | other | env`, errors and warnings `{message, line, lines}`. Programs of the split `heldout`
 * are counted but never listed, so that nobody writes the checker for them.
 *
 * Usage: node scripts/measure-checker.ts CORPUS.jsonl [--version 0.27.1] [--cli dist/cli.js: ask the built command instead of the sources] [--ids N] [--show ID]
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { analyze } from '../analyzers/bpftrace/analyze.ts'
import { parseVersion } from '../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'

const kernelFacts = await createKernelFacts({ source: 'snapshot' })

const message = z.object({
  message: z.string(),
  line: z.number().nullable().optional(),
  lines: z.array(z.number()),
})
const entry = z.object({
  id: z.string(),
  source: z.string(),
  program: z.string(),
  unsafe: z.boolean(),
  params: z.array(z.string()),
  split: z.enum(['train', 'heldout']),
  installed: z.array(z.string()).optional(),
  versions: z.record(
    z.string(),
    z.object({
      verdict: z.enum(['ok', 'syntax', 'other', 'env']),
      errors: z.array(message),
      warnings: z.array(message),
      stderr: z.string(),
    }),
  ),
})
type Entry = z.infer<typeof entry>

const finding = z.object({
  severity: z.enum(['error', 'warning', 'info', 'hint']),
  code: z.string(),
  message: z.string(),
  origin: z.enum(['compiler', 'rule']),
  line: z.number(),
})
type Finding = z.infer<typeof finding>
const answer = z.object({ id: z.string(), diagnostics: z.array(finding) })

/** Debian's suites and the version whose tools they carry. */
const INSTALLED = { bookworm: '0.17.0', trixie: '0.23.2', sid: '0.27.1' } as const

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string', multiple: true, default: ['0.27.1', '0.17.0'] },
    cli: { type: 'string' },
    ids: { type: 'string', default: '12' },
    show: { type: 'string' },
  },
})

function readCorpus(path: string): Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entry.parse(JSON.parse(line)))
}

/** The checker itself, in this process: what is measured while there is no build. */
function checkHere(programs: readonly Entry[], version: string): Map<string, Finding[]> {
  const bpftrace = parseVersion(version)
  if (bpftrace === undefined) throw new Error(`${version} is no version`)
  const found = new Map<string, Finding[]>()
  for (const { id, program, unsafe, params } of programs) {
    const lineOf = (offset: number) => program.slice(0, offset).split('\n').length
    try {
      const { diagnostics } = analyze(program, { bpftrace, kernel: kernelFacts, unsafe, params })
      found.set(
        id,
        diagnostics.map((one) => ({ ...one, line: lineOf(one.span.start) })),
      )
    } catch (error) {
      exceptions.add(error instanceof Error ? (error.stack?.split('\n').slice(0, 2).join('') ?? '') : String(error), id)
      found.set(id, [])
    }
  }
  return found
}

/** One process of the command line judges them all, as from outside. */
function checkByCommand(programs: readonly Entry[], version: string): Map<string, Finding[]> {
  const input = programs
    .map(({ id, program, unsafe, params }) => JSON.stringify({ id, program, unsafe, params }))
    .join('\n')
  const run = spawnSync(process.execPath, [options.cli ?? 'dist/cli.js', 'check', '--batch', '--bpftrace', version], {
    input: `${input}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 600_000,
  })
  if (run.status !== 0 && run.status !== 1) throw new Error(`check --batch ended with ${run.status}: ${run.stderr}`)
  const found = new Map<string, Finding[]>()
  for (const line of run.stdout.split('\n')) {
    if (line === '') continue
    const parsed = answer.safeParse(JSON.parse(line))
    if (parsed.success) found.set(parsed.data.id, parsed.data.diagnostics)
    else console.error(`no usable answer: ${line.slice(0, 300)}`)
  }
  return found
}

/** Counts, and which programs made them up. */
class Classes {
  readonly #ids = new Map<string, Set<string>>()

  add(name: string, id: string): void {
    const ids = this.#ids.get(name) ?? new Set()
    this.#ids.set(name, ids.add(id))
  }

  print(title: string): void {
    if (this.#ids.size === 0) return
    console.log(`\n#### ${title}\n`)
    const rows = [...this.#ids].sort(([, a], [, b]) => b.size - a.size)
    const shown = Number(options.ids)
    for (const [name, ids] of rows) {
      const list = [...ids].slice(0, shown).join(' ')
      console.log(`- ${ids.size} × ${name}: ${list}${ids.size > shown ? ' …' : ''}`)
    }
  }
}

/** The message without its names and numbers. */
function classOf(text: string): string {
  return text
    .replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '‹›')
    .replace(/[$@]\w+/g, '‹v›')
    .replace(/\d+/g, 'N')
    .slice(0, 120)
}

const exceptions = new Classes()
const check = options.cli === undefined ? checkHere : checkByCommand

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`)

function measure(programs: readonly Entry[], version: string, found: Map<string, Finding[]>, list: boolean): void {
  const missed = { syntax: new Classes(), other: new Classes() }
  const wrongLine = { syntax: new Classes(), other: new Classes() }
  const calledWrong = new Classes()
  const warningsMissed = new Classes()
  const warningsWrong = new Classes()
  const count = { ok: 0, wrong: 0, warnings: 0, warningsMet: 0, okWithWrongWarning: 0 }
  const faults = {
    syntax: { all: 0, missed: 0, located: 0, right: 0 },
    other: { all: 0, missed: 0, located: 0, right: 0 },
  }

  for (const { id, program, versions } of programs) {
    const verdict = versions[version]
    // The compiler adds a newline where the program lacks its last, and then speaks of a line that is not there.
    const lastLine = program.split('\n').length
    if (verdict === undefined || verdict.verdict === 'env') continue
    const findings = found.get(id) ?? []
    const errors = findings.filter(({ severity }) => severity === 'error')
    if (verdict.verdict === 'ok') {
      count.ok++
      if (errors.length > 0) count.wrong++
      for (const error of errors.slice(0, 1)) calledWrong.add(`${error.code}: ${classOf(error.message)}`, id)
      const ours = findings.filter(({ severity, origin }) => severity === 'warning' && origin === 'compiler')
      const theirs = new Set(verdict.warnings.flatMap(({ lines }) => lines))
      for (const warning of verdict.warnings) {
        if (warning.lines.length === 0) continue
        count.warnings++
        if (ours.some(({ line }) => warning.lines.includes(line))) count.warningsMet++
        else warningsMissed.add(classOf(warning.message), id)
      }
      const invented = ours.filter(({ line }) => !theirs.has(line))
      if (invented.length > 0) count.okWithWrongWarning++
      for (const warning of invented) warningsWrong.add(`${warning.code}: ${classOf(warning.message)}`, id)
      continue
    }
    const fault = faults[verdict.verdict]
    const first = verdict.errors[0]
    fault.all++
    if (errors.length === 0) {
      fault.missed++
      missed[verdict.verdict].add(classOf(first?.message ?? 'no message'), id)
      continue
    }
    const lines = verdict.verdict === 'syntax' ? (first?.lines ?? []) : verdict.errors.flatMap((error) => error.lines)
    const named = new Set(lines.map((line) => Math.min(line, lastLine)))
    if (named.size === 0) continue
    fault.located++
    if (errors.some(({ line }) => named.has(line))) fault.right++
    else
      wrongLine[verdict.verdict].add(
        `${classOf(first?.message ?? '')} (ours: ${errors[0]?.code} ${classOf(errors[0]?.message ?? '')})`,
        id,
      )
  }

  const rows = [
    ['accepted programs called wrong', count.wrong, count.ok],
    ['syntax errors missed', faults.syntax.missed, faults.syntax.all],
    ["syntax errors on the compiler's line", faults.syntax.right, faults.syntax.located],
    ['other errors missed', faults.other.missed, faults.other.all],
    ['other errors on a line that it names', faults.other.right, faults.other.located],
    ['compiler warnings met on their line', count.warningsMet, count.warnings],
    ['accepted programs with a warning where it has none', count.okWithWrongWarning, count.ok],
  ] as const
  console.log('\n| bar | share | of |\n| --- | --- | --- |')
  for (const [name, part, whole] of rows) console.log(`| ${name} | ${percent(part, whole)} | ${part} / ${whole} |`)
  if (!list) return
  calledWrong.print('Called wrong, by our message')
  missed.syntax.print('Syntax errors missed, by its message')
  missed.other.print('Other errors missed, by its first message')
  wrongLine.syntax.print('Syntax errors on another line')
  wrongLine.other.print('Other errors on another line')
  warningsMissed.print('Warnings missed')
  warningsWrong.print('Warnings where it has none')
}

function measureInstalled(corpus: readonly Entry[]): void {
  console.log('\n## Installed tools, each for its version\n')
  for (const [suite, version] of Object.entries(INSTALLED)) {
    const tools = corpus.filter(({ installed }) => installed?.includes(suite))
    const found = check(tools, version)
    const faulted = tools.filter(({ id }) => found.get(id)?.some(({ severity }) => severity === 'error'))
    // A tool that its own compiler refuses on this kernel is not called wrong.
    const wrong = faulted.filter(({ versions }) => versions[version]?.verdict !== 'other')
    console.log(`- ${suite} ${version}: ${wrong.length} of ${tools.length} called wrong`)
    for (const { id, source } of wrong) {
      const error = found.get(id)?.find(({ severity }) => severity === 'error')
      console.log(`  - ${id} ${source}: ${error?.line}: ${error?.code} ${error?.message}`)
    }
  }
}

function show(corpus: readonly Entry[], id: string): void {
  const program = corpus.find((one) => one.id === id)
  if (program === undefined) throw new Error(`no program ${id}`)
  console.log(`# ${id} ${program.source} unsafe=${program.unsafe} split=${program.split}\n${program.program}`)
  for (const version of options.version) {
    const verdict = program.versions[version]
    console.log(`\n## ${version}: ${verdict?.verdict}\n${verdict?.stderr}`)
    for (const f of check([program], version).get(id) ?? [])
      console.log(`ours: ${f.line}: ${f.severity} ${f.origin} ${f.code}: ${f.message}`)
  }
}

const [path] = positionals
if (path === undefined) throw new Error('Usage: node scripts/measure-checker.ts CORPUS.jsonl')
const corpus = readCorpus(path)
if (options.show !== undefined) show(corpus, options.show)
else {
  console.log(`# The checker against real verdicts: ${corpus.length} programs`)
  for (const version of options.version) {
    const start = performance.now()
    const found = check(corpus, version)
    const seconds = (performance.now() - start) / 1000
    for (const split of ['train', 'heldout'] as const) {
      console.log(`\n## ${version}, ${split} (${seconds.toFixed(1)} s for all)`)
      measure(
        corpus.filter((program) => program.split === split),
        version,
        found,
        split === 'train',
      )
    }
  }
  measureInstalled(corpus)
  exceptions.print('Exceptions')
}
