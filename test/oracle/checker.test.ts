/**
 * The checker beside the real compilers: small programs by area, the catalog's examples, the bad and good examples of
 * every diagnostic and rule, what each of their fixes makes of the bad one, and a table of programs that are mended. The verdicts agree, our first error is on
 * a line the compiler names, and so is every warning of its.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../../analyzers/bpftrace/analyze.ts'
import { type CatalogEntry, catalogFor } from '../../analyzers/bpftrace/catalog/index.ts'
import type { Diagnostic, TextEdit } from '../../analyzers/bpftrace/diagnostic.ts'
import type { DiagnosticDefinition } from '../../analyzers/bpftrace/diagnostics/define.ts'
import { diagnostics } from '../../analyzers/bpftrace/diagnostics/index.ts'
import { inspect } from '../../analyzers/bpftrace/inspect.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { rules } from '../../analyzers/bpftrace/rules/rules.generated.ts'
import { atLeast, formatVersion, requireVersion, type Version } from '../../analyzers/bpftrace/version.ts'
import { snapshotFacts } from '../../services/kernel/snapshot.ts'
import { checkedPrograms } from '../checker-programs.ts'
import { ofMachine } from '../machine-faults.ts'
import { mendedPrograms } from '../mended-programs.ts'
import { type Compiler, inParallel, requireCompiler, type Verdict } from './compilers.ts'

interface Question {
  /** Whose example it is. */
  readonly name: string
  readonly program: string
  readonly unsafe: boolean
  readonly params: readonly string[]
}

/** The only examples that are not put to a compiler. */
const notAsked: Readonly<Record<string, string>> = {
  'kernel-field-unknown': 'a warning of ours about what the compiler refuses for want of the field in its kernel',
}
const withoutExample: Readonly<Record<string, string>> = {
  uprobe: 'the builtins of this probe type share an entry with it, which has one',
  import_root: 'needs a file beside the program',
  tuple_empty: 'is known to be refused by both',
}
/** What the compiler says of the machine and not of the program is no verdict; it may leave out this share at most. */
const OF_MACHINE = 0.35

let kernel: KernelFacts
beforeAll(async () => {
  kernel = await snapshotFacts('It is the one that tests use.')
})

/** A compiler of today needs half a second for the smallest program. */
const timeout = 20 * 60_000

describe.each(['0.17', '0.27'])('%s', { timeout }, (release) => {
  const compiler = requireCompiler(release)

  it('agrees about the examples of the catalog', async () => {
    const questions = catalogQuestions(compiler)
    expect(questions.length).toBeGreaterThan(150)
    expect(await disagreements(compiler, questions)).toEqual([])
  })

  it('agrees about the table of small programs', async () => {
    const programs = Object.values(checkedPrograms).flat()
    const questions = programs.map(([program]) => ({ name: 'table', program, unsafe: false, params: [] }))
    expect(await disagreements(compiler, questions)).toEqual([])
  })

  it('accepts what the best fix of a faulty program makes of it', async () => {
    const [, rows = []] = Object.entries(mendedPrograms).find(([version]) => version.startsWith(release)) ?? []
    const mended = rows.flatMap(([, program]) => program ?? [])
    expect(mended.length).toBeGreaterThan(20)
    const together = release === '0.27' ? joined(mended) : mended.map((program) => [program])
    const refused = await refusals(compiler, together)
    expect(refused).toEqual([])
  })

  it('agrees about the examples of the rules and about what their fixes make', async () => {
    const questions = ruleQuestions(compiler)
    expect(await disagreements(compiler, questions)).toEqual([])
  })

  it('agrees about the examples of the diagnostics and about what their fixes make', async () => {
    const questions = diagnosticQuestions(compiler)
    expect(questions.length).toBeGreaterThan(25)
    expect(await disagreements(compiler, questions)).toEqual([])
  })
})

it('asks about everything that has an example', () => {
  const versions = ['0.17', '0.27'].map((release) => requireCompiler(release))
  const asked = new Set(versions.flatMap((compiler) => diagnosticQuestions(compiler)).map(({ name }) => name))
  const missing = Object.keys(diagnostics).filter((code) => !asked.has(`${code}, bad`) || !asked.has(`${code}, good`))
  expect(missing).toEqual(Object.keys(notAsked))
  const entries = versions.flatMap(({ version }) => catalogEntries(version))
  const bare = entries.filter(({ example, classicExample }) => (example ?? classicExample) === undefined)
  expect(new Set(bare.map(({ name }) => name))).toEqual(new Set(Object.keys(withoutExample)))
})

/** Programs that begin alike can be asked about at once, each with maps of its own: a compiler takes long to start. */
function joined(programs: readonly string[]): readonly (readonly string[])[] {
  const groups = Map.groupBy(programs.entries(), ([index, program]) =>
    program.startsWith('begin {') ? `group ${index % 6}` : `alone ${index}`,
  )
  return [...groups.values()].map((group) => group.map(([, program]) => program))
}

async function refusals(compiler: Compiler, groups: readonly (readonly string[])[]): Promise<readonly string[]> {
  const verdicts = await inParallel(groups, (group) => {
    const own = group.length === 1 ? group : group.map((program, i) => program.replaceAll('@', `@of${i}_`))
    return compiler.check(own.join('\n'), { unsafe: true })
  })
  const bad = verdicts.map(
    ({ accepted, errors }) => !accepted && !errors.some(({ message }) => ofMachine.test(message)),
  )
  const suspects = groups.filter((group, index) => bad[index] && group.length > 1)
  const found = groups.flatMap((group, index) =>
    bad[index] && group.length === 1 ? [`${group[0]}: ${verdicts[index]?.errors[0]?.message}`] : [],
  )
  return suspects.length === 0
    ? found
    : [
        ...found,
        ...(await refusals(
          compiler,
          suspects.flat().map((each) => [each]),
        )),
      ]
}

function catalogEntries(version: Version): readonly CatalogEntry[] {
  const { probeTypes, builtins, functions, syntax, configKeys } = catalogFor(version)
  return [...probeTypes, ...builtins, ...functions, ...syntax, ...configKeys]
}

function ruleQuestions(compiler: Compiler): readonly Question[] {
  // The examples are for the newest version.
  if (!atLeast(compiler.version, '0.27')) return []
  return Object.values(rules).flatMap(({ code, bad, good }) => {
    const options = { bpftrace: compiler.version, kernel, unsafe: true }
    const found = inspect(bad, options).diagnostics.filter((diagnostic) => diagnostic.code === code)
    const fixed = found.flatMap(({ fixes }) => fixes).map(({ edits }) => apply(bad, edits))
    return [bad, good, ...fixed].map((program, index) => ({
      name: `${code}, ${['bad', 'good'][index] ?? 'fixed'}`,
      program,
      unsafe: true,
      params: [],
    }))
  })
}

function catalogQuestions({ version }: Compiler): readonly Question[] {
  const classic = !atLeast(version, '0.24')
  return catalogEntries(version).flatMap((entry) => {
    const program = (classic ? entry.classicExample : undefined) ?? entry.example
    const { name, flags = [] } = entry
    return program === undefined ? [] : [{ name, program, unsafe: flags.includes('--unsafe'), params: [] }]
  })
}

function diagnosticQuestions(compiler: Compiler): readonly Question[] {
  const definitions = Object.values(diagnostics) as readonly DiagnosticDefinition<never>[]
  return definitions.flatMap((definition): readonly Question[] => {
    const { code, bad, good, exampleVersion = formatVersion(requireVersion('0.27.1')) } = definition
    const asked = requireVersion(exampleVersion)
    if (asked.minor !== compiler.version.minor || notAsked[code] !== undefined) return []
    const { exampleUnsafe: unsafe = false, exampleParams: params = [] } = definition
    const found = analyze(bad, { bpftrace: compiler.version, kernel, unsafe, params }).diagnostics
    const fixes = found.find((diagnostic) => diagnostic.code === code)?.fixes ?? []
    const programs = [
      [`${code}, bad`, bad],
      [`${code}, good`, good],
      ...fixes.map(({ title, edits }) => [`${code}, ${title}`, apply(bad, edits)] as const),
    ] as const
    return programs.map(([name, program]) => ({ name, program, unsafe, params }))
  })
}

async function disagreements(compiler: Compiler, questions: readonly Question[]): Promise<readonly string[]> {
  const verdicts = await inParallel(questions, ({ program, ...options }) => compiler.check(program, options))
  const ofThis = verdicts.filter(({ errors }) => errors.some(({ message }) => ofMachine.test(message)))
  expect(ofThis.length).toBeLessThanOrEqual(questions.length * OF_MACHINE)
  return questions.flatMap((question, index) => {
    const verdict = verdicts[index]
    if (!verdict || verdict.crashed || verdict.errors.some(({ message }) => ofMachine.test(message))) return []
    const { program, unsafe, params } = question
    const found = analyze(program, { bpftrace: compiler.version, kernel, unsafe, params }).diagnostics
    const difference = compare(question, verdict, found)
    return difference === undefined ? [] : [`${question.name}: ${difference}\n${program}`]
  })
}

function compare({ program }: Question, verdict: Verdict, found: readonly Diagnostic[]): string | undefined {
  const lineOf = ({ span }: Diagnostic) => program.slice(0, span.start).split('\n').length
  const own = found.filter(({ origin }) => origin === 'compiler')
  const [error] = own.filter(({ severity }) => severity === 'error')
  if (verdict.accepted && error) return `accepted, but we say ${error.code}: ${error.message}`
  if (!verdict.accepted && !error) return `refused: ${verdict.errors.map(({ message }) => message).join('; ')}`
  const named = verdict.errors.flatMap(({ line }) => line ?? [])
  if (error && named.length > 0 && !named.includes(lineOf(error))) return `line ${lineOf(error)}, theirs ${named}`
  if (error) return undefined
  const warned = new Set(own.filter(({ severity }) => severity === 'warning').map(lineOf))
  const missed = verdict.warnings.filter(
    ({ line, message }) => line !== null && !warned.has(line) && !ofMachine.test(message),
  )
  return missed.length > 0 ? `no warning: ${missed.map(({ message }) => message).join('; ')}` : undefined
}

function apply(program: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), program)
}
