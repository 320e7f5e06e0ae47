/**
 * `npm run soak`: a million mutated bpftrace programs through everything that is computed about one (`-- --programs N`,
 * `--seed S`, `--from N`, `--jobs N`), and the property tests a million times over with new seeds, for as many minutes a
 * property as `-- --minutes` says (2 unless told). One of `--programs` and `--minutes` alone runs only its part. A failure
 * prints what makes it again.
 */
import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { soakMutations } from './shared/mutation-soak.ts'
import { root } from './shared/paths.ts'
import { main, PlainError } from './shared/terminal.ts'
import { runVitest } from './shared/vitest.ts'

const rooms = '{analyzers,services,tools,mcp-server,language-server,extension,webviews,cli}'

/** Whole numbers only; `least` is the smallest that makes sense. */
function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text.replaceAll(/[_,]/g, ''))
  if (!Number.isSafeInteger(value) || value < least) throw new PlainError(`--${name} wants a whole number, not ${text}`)
  return value
}

async function soakProperties(minutes: number, wanted: readonly string[]): Promise<boolean> {
  const files = globSync(`${rooms}/**/*.test.ts`, { cwd: root })
    .filter((file) => /from 'fast-check'/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .toSorted()
  if (files.length === 0) throw new PlainError('No property tests were found.')
  console.log(`Soaking ${files.length} files, at most ${minutes} minutes a property:\n  ${files.join('\n  ')}`)
  // A property may use up its minutes; the time limit of a test is only there for one that hangs.
  const limit = [`--testTimeout=${(minutes * 60 + 300) * 1000}`, '--testNamePattern=.']
  const counts = await runVitest('unit', [...files, ...limit], { TRACEWRIGHT_SOAK: String(minutes) })
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  return counts.failed === 0 && counts.passed > 0
}

await main(async () => {
  const { values, positionals } = parseArgs({
    options: {
      programs: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      from: { type: 'string', default: '0' },
      jobs: { type: 'string', default: String(availableParallelism()) },
    },
    allowPositionals: true,
  })
  const minutes = Number(values.minutes ?? 2)
  if (!(minutes > 0)) throw new PlainError(`--minutes wants a number, not ${values.minutes}`)
  const programs = wholeNumber('programs', values.programs ?? '1000000', 1)
  const seed = wholeNumber('seed', values.seed, 0)
  const from = wholeNumber('from', values.from, 0)
  const jobs = Math.min(wholeNumber('jobs', values.jobs, 1), programs)
  const wantsProperties = values.programs === undefined
  const wantsPrograms = values.programs !== undefined || (values.minutes === undefined && positionals.length === 0)
  const results = [
    ...(wantsPrograms ? [await soakMutations({ programs, seed, from, jobs })] : []),
    ...(wantsProperties ? [await soakProperties(minutes, positionals)] : []),
  ]
  return results.every(Boolean) ? 0 : 1
})
