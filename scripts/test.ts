/**
 * `npm test`: makes the machine fit, builds, and runs every check there is, each as a stage with its time. A skipped
 * test and a stage without tests are failures. The last line counts: `N passed, N failed, N skipped`.
 * `npm test -- unit lint` runs only the stages named.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { checkTree, readLayers } from './check-layers.ts'
import { generate } from './gen.ts'
import { inspectPackage, makePackage } from './package.ts'
import { artifacts, bin, root } from './shared/paths.ts'
import { run } from './shared/process.ts'
import { hostTarget } from './shared/targets.ts'
import { dim, green, main, PlainError, red, seconds } from './shared/terminal.ts'
import { type Counts, runVitest } from './shared/vitest.ts'
import { ensureSystem } from './system.ts'

interface Stage {
  readonly name: string
  readonly what: string
  run(): Promise<Counts>
  /** Nothing after it makes sense where it fails. */
  readonly isGround?: boolean
}

/** One check counts as one test. */
function verdict(complaints: readonly string[]): Counts {
  for (const complaint of complaints) console.log(complaint)
  return { passed: complaints.length === 0 ? 1 : 0, failed: complaints.length, skipped: 0 }
}

async function tool(file: string, args: readonly string[]): Promise<string[]> {
  const { code, output } = await run(process.execPath, [join(bin, file), ...args])
  return code === 0 ? [] : [output.trimEnd()]
}

/** Each world has its own globals and is checked on its own. */
const worlds = ['.', 'webviews', 'test/e2e']

async function types(): Promise<Counts> {
  const complaints: string[] = []
  for (const world of worlds) complaints.push(...(await tool('tsc', ['--noEmit', '--project', join(root, world)])))
  return { ...verdict(complaints), ...(complaints.length === 0 && { passed: worlds.length }) }
}

async function vitest(project: string, env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  const counts = await runVitest(project, [], env)
  for (const name of counts.skippedNames) console.log(red(`skipped: ${name}`))
  if (counts.passed + counts.failed > 0) return counts
  console.log(red(`the project ${project} has no tests`))
  return { ...counts, failed: 1 }
}

let vsix = ''

const stages: readonly Stage[] = [
  {
    name: 'system',
    what: 'what the tests need of this machine',
    isGround: true,
    run: async () => {
      for (const { suite, bpftrace } of await ensureSystem()) console.log(dim(`  bpftrace ${bpftrace} (${suite})`))
      return { passed: 1, failed: 0, skipped: 0 }
    },
  },
  {
    name: 'build',
    what: 'bundles',
    isGround: true,
    run: async () => verdict((await build()).missing.map((entry) => `there is no ${entry}`)),
  },
  { name: 'types', what: 'TypeScript in each world', run: types },
  {
    name: 'lint',
    what: 'Biome',
    run: async () => verdict(await tool('biome', ['check', '--error-on-warnings', '--diagnostic-level=warn', root])),
  },
  {
    name: 'layers',
    what: 'who imports whom',
    run: async () =>
      verdict(checkTree(root, readLayers()).breaches.map(({ file, line, message }) => `${file}:${line}: ${message}`)),
  },
  { name: 'generated', what: 'derived files are fresh', run: async () => verdict((await generate(true)).failures) },
  { name: 'unit', what: 'unit and property tests', run: () => vitest('unit') },
  { name: 'oracle', what: 'against the real bpftrace and google/pprof', run: () => vitest('oracle') },
  { name: 'protocol', what: 'MCP, LSP and the command line over real pipes', run: () => vitest('protocol') },
  { name: 'browser', what: 'the built views in a plain Chromium', run: () => vitest('browser') },
  {
    name: 'package',
    what: 'the extension as a file',
    run: async () => {
      vsix = await makePackage()
      inspectPackage(vsix, hostTarget())
      return verdict([])
    },
  },
  {
    name: 'e2e',
    what: 'that file in a real VS Code',
    run: () => vitest('e2e', vsix ? { TRACEWRIGHT_VSIX: vsix } : {}),
  },
]

await main(async () => {
  const names = process.argv.slice(2)
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown)
    throw new PlainError(`No stage is named ${unknown}. Stages: ${stages.map(({ name }) => name).join(', ')}`)
  const chosen = stages.filter(({ name }) => names.length === 0 || names.includes(name))
  rmSync(join(artifacts, 'test'), { recursive: true, force: true })

  const total = { passed: 0, failed: 0, skipped: 0 }
  const summary: string[] = []
  const began = performance.now()
  for (const { name, what, run: runStage, isGround } of chosen) {
    console.log(`\n▶ ${name}: ${what}`)
    const started = performance.now()
    const counts = await runStage().catch((error: unknown): Counts => {
      const text = error instanceof PlainError ? error.message : error instanceof Error ? error.stack : String(error)
      console.log(red(text ?? 'failed'))
      return { passed: 0, failed: 1, skipped: 0 }
    })
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    const good = counts.failed === 0 && counts.skipped === 0
    const line = `${good ? green('✔') : red('✘')} ${name.padEnd(10)} ${seconds(performance.now() - started).padStart(8)}`
    const counted = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
    summary.push(`${line}   ${counted}`)
    console.log(summary.at(-1))
    if (isGround && !good) break
  }
  console.log(`\n${summary.join('\n')}\n${dim(`all in ${seconds(performance.now() - began)}`)}\n`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed > 0 || total.skipped > 0 || total.passed === 0 ? 1 : 0
})
