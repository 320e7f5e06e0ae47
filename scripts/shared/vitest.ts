/** Runs vitest as a program of its own and counts what it did; its own report goes to the terminal as it comes. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { artifacts, bin } from './paths.ts'
import { run } from './process.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Skipped or still to be written: neither may stay. */
  readonly skipped: number
}

const Report = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

export interface VitestRun extends Counts {
  /** Full names of skipped tests. */
  readonly skippedNames: readonly string[]
}

export function countReport(text: string, exitCode: number): VitestRun {
  const report = Report.parse(JSON.parse(text))
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const named = (isWanted: (status: string) => boolean) => tests.filter(({ status }) => isWanted(status))
  const passed = named((status) => status === 'passed').length
  const failedTests = named((status) => status === 'failed').length
  // A file that breaks while it is loaded has no tests to fail.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const skipped = named((status) => status !== 'passed' && status !== 'failed')
  const counted = failedTests + brokenFiles
  // An error outside of every test fails the run only through its exit code.
  const failed = counted === 0 && (exitCode !== 0 || !report.success) ? 1 : counted
  return { passed, failed, skipped: skipped.length, skippedNames: skipped.map(({ fullName }) => fullName) }
}

export async function runVitest(
  project: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<VitestRun> {
  const reportFile = join(artifacts, 'test', `${project}.json`)
  mkdirSync(dirname(reportFile), { recursive: true })
  rmSync(reportFile, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const all = [join(bin, 'vitest'), 'run', '--project', project, ...reporters, ...args]
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }
  const { code } = await run(process.execPath, all, {
    env: { ...colours, ...env },
    onOutput: (text) => process.stdout.write(text),
  })
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0, skippedNames: [] }
  return countReport(readFileSync(reportFile, 'utf8'), code)
}
