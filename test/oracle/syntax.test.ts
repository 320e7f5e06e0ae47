/** Our syntax errors against those of the real compilers: the same programs, the same verdict, the same line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Construct, constructs } from '../../analyzers/bpftrace/syntax/constructs.ts'
import { parse } from '../../analyzers/bpftrace/syntax/parse.ts'
import { syntaxDiagnostics } from '../../analyzers/bpftrace/syntax/versions.ts'
import { atLeast, formatVersion } from '../../analyzers/bpftrace/version.ts'
import { cacheFolder } from '../../scripts/shared/paths.ts'
import { type Compiler, findCompilers, inParallel } from './compilers.ts'

const compilers = findCompilers()

test('there is a compiler of each generation', () => {
  expect(compilers.length).toBeGreaterThanOrEqual(3)
})

/** The tools that Debian's package of a version installs. */
function installedTools(compiler: Compiler): readonly { readonly name: string; readonly program: string }[] {
  const suites = join(cacheFolder(), 'debian')
  return readdirSync(suites).flatMap((suite) => {
    const marker = join(suites, suite, '.tracewright-tree')
    if (!existsSync(marker) || !readFileSync(marker, 'utf8').includes(formatVersion(compiler.version))) return []
    const folder = join(suites, suite, 'usr', 'sbin')
    return readdirSync(folder)
      .filter((name) => name.endsWith('.bt'))
      .map((name) => ({ name, program: readFileSync(join(folder, name), 'utf8') }))
  })
}

function firstError(
  program: string,
  compiler: Compiler,
): { readonly line: number; readonly message: string } | undefined {
  const [first] = syntaxDiagnostics(parse(program), compiler.version)
  return first && { line: program.slice(0, first.span.start).split('\n').length, message: first.message }
}

describe.each(compilers.map((compiler) => [formatVersion(compiler.version), compiler] as const))(
  '%s',
  (_, compiler) => {
    const tools = installedTools(compiler)

    test('its installed tools are free of syntax errors', () => {
      expect(tools.length).toBeGreaterThanOrEqual(38)
      const faulted = tools.flatMap(({ program }) => firstError(program, compiler) ?? []).map(({ message }) => message)
      expect(faulted).toEqual([])
    })

    test('takes and refuses the constructs as the catalog says', async () => {
      const rows: readonly (readonly [string, Construct])[] = Object.entries(constructs)
      const verdicts = await inParallel(rows, ([, { example }]) => compiler.grammar(`${example}\n`))
      const differing = rows.filter(
        ([, { example }], index) => (firstError(example, compiler) === undefined) !== verdicts[index]?.accepted,
      )
      expect(differing.map(([id]) => id)).toEqual([])
    })

    test('agrees about damaged tools', async () => {
      const programs = damaged(tools.map(({ program }) => program).filter((program) => program.length < 3000))
      const verdicts = await inParallel(programs, (program) => compiler.grammar(program))
      const disagreements = programs.flatMap((program, index) => {
        const theirs = verdicts[index]
        // Whether a function exists is asked of the catalog, not of the grammar.
        if (!theirs || theirs.crashed || theirs.errors[0]?.message.startsWith('Unknown function')) return []
        const ours = firstError(program, compiler)
        if (theirs.accepted !== (ours === undefined)) return [{ theirs: theirs.errors[0], ours, program }]
        // Only the newest is held to the line: the old ones lex what follows a fault in ways of their own.
        const sameLine = !atLeast(compiler.version, '0.26') || theirs.errors[0]?.line === ours?.line
        return sameLine ? [] : [{ theirs: theirs.errors[0], ours, program }]
      })
      expect(disagreements.length / programs.length).toBeLessThanOrEqual(
        atLeast(compiler.version, '0.26') ? 0.01 : 0.04,
      )
    })
  },
)

/** Programs with a token removed, doubled, replaced or moved; the same ones in every run. */
function damaged(programs: readonly string[]): readonly string[] {
  const next = sequence(20_261_121)
  return Array.from({ length: 60 }, () => {
    const program = programs[next(programs.length)] ?? ''
    const texts = parse(program).tokens.map(({ start, end }) => program.slice(start, end))
    const at = next(texts.length)
    const other = texts[next(texts.length)] ?? ''
    const change = next(4)
    if (change === 0) texts.splice(at, 1)
    else if (change === 1) texts.splice(at, 0, other)
    else if (change === 2) texts[at] = other
    else texts.splice(at, 1, ...['(', ')', '{', '}', ';', ',', '=', '.'].slice(next(8)).slice(0, 1))
    return `${texts.join('').trimEnd()}\n`
  })
}

/** A small linear congruential generator: whole numbers below a limit. */
function sequence(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * limit)
  }
}
