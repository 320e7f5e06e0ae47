/** Templates and compositions put to the real compilers: a seeded sample of each, nothing is attached. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { templates } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import { atLeast } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { composed, everyPair, groupsOfAllPairs, libc } from '../template-pairs.ts'
import { parametersArbitrary } from '../template-parameters.ts'
import { type Compiler, inParallel, requireCompiler } from './compilers.ts'

const SEED = 20_261_121
const MS_PER_DAY = 86_400_000
const kernel = await createKernelFacts({ source: 'live' })

/** Attach points and files that each of the trees has. */
const machine = {
  probes: [
    'tracepoint:sched:sched_switch',
    'tracepoint:syscalls:sys_enter_openat,tracepoint:syscalls:sys_enter_open',
    'kprobe:vfs_read',
    'software:faults:100',
    'profile:hz:99',
  ],
  functions: ['vfs_read', 'vfs_write', 'do_nanosleep'],
  paths: [libc],
}

/** Only the newest tree has OpenSSL, and only its compiler looks whether a library has a function. */
function pathFor(name: string, { version }: Compiler): string {
  return name.startsWith('tls-') && atLeast(version, '0.27') ? 'libssl' : libc
}

function programOf(name: string, given: Record<string, unknown>, { version }: Compiler): string {
  const template = templates.find((each) => each.name === name)
  if (template === undefined) throw new Error(`no template ${name}`)
  return renderTemplate(template, given, { bpftrace: version, kernel }).program
}

async function refusals(programs: readonly (readonly [string, string])[], compiler: Compiler): Promise<string[]> {
  const answers = await inParallel(programs, async ([name, program]) => {
    const { accepted, stderr } = await compiler.check(program)
    return accepted ? [] : [`${name}:\n${program}\n${stderr}`]
  })
  return answers.flat()
}

describe.each(['0.17', '0.27'])('bpftrace %s', (release) => {
  const compiler = requireCompiler(release)
  test('accepts every template with defaults and with random parameters', { timeout: 600_000 }, async () => {
    const declared = templates.filter(({ since }) => atLeast(compiler.version, since))
    const programs = declared.flatMap((each) => {
      const path = 'path' in each.parameters ? { path: pathFor(each.name, compiler) } : {}
      const samples = fc.sample(parametersArbitrary(each, machine), { numRuns: 1, seed: SEED })
      return [path, ...samples.map((given) => ({ ...given, ...path }))].map(
        (given) => [each.name, programOf(each.name, given, compiler)] as const,
      )
    })
    expect(await refusals(programs, compiler)).toEqual([])
  })
})

// A quarter of the groups a day, all of them within four: every pair is in one of them.
test('0.27 accepts templates composed with each other', { timeout: 300_000 }, async () => {
  const compiler = requireCompiler('0.27')
  const quarter = Math.floor(Date.now() / MS_PER_DAY) % 4
  const all = groupsOfAllPairs(templates.map(({ name }) => name))
  const groups = process.env.TRACEWRIGHT_PAIRS === 'all' ? all : all.filter((_, index) => index % 4 === quarter)
  const programs = groups.map((names) => [names.join(' + '), composed(names, compiler.version, kernel)] as const)
  expect(await refusals(programs, compiler)).toEqual([])
})

test('the groups hold every pair exactly once', () => {
  for (const count of [2, 5, 40, 69, 130]) {
    const items = Array.from({ length: count }, (_, index) => index)
    const pairs = groupsOfAllPairs(items)
      .flatMap((group) => everyPair(group))
      .map(([a, b]) => [a, b].toSorted((x, y) => x - y).join())
    expect(new Set(pairs).size).toBe(pairs.length)
    expect(pairs).toHaveLength((count * (count - 1)) / 2)
  }
})
