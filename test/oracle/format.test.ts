/** Our formatter beside bpftrace's own (`--mode format`): the same meaning, and nearly the same lines. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { format } from '../../analyzers/bpftrace/format.ts'
import { cacheFolder } from '../../scripts/shared/paths.ts'
import { findCompilers, inParallel } from './compilers.ts'

const newest = findCompilers().at(-1)

/** Every tool that Debian installs, of every version, each text once. */
function installedTools(): readonly string[] {
  const suites = join(cacheFolder(), 'debian')
  const folders = readdirSync(suites).map((suite) => join(suites, suite, 'usr', 'sbin'))
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.bt'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  return [...new Set(texts)]
}

/** Their formatter adds and drops parentheses and semicolons and writes `.` for `->`; ours changes no token. */
function comparable(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replaceAll('->', '.')
        .replace(/[()]/g, '')
        .replace(/\s*;\s*$/, '')
        .trimEnd(),
    )
    .filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/?\*)/.test(line))
}

/** A program as their formatter prints it, without empty lines and comments, which the two place differently. */
function canonical(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*\/\//.test(line))
    .join('\n')
}

test('formatted tools mean the same and look like theirs', async () => {
  if (!newest) throw new Error('no compiler')
  const programs = installedTools()
  const answers = await inParallel(programs, async (program) => {
    const ours = format(program).text
    const [ofSource, ofOurs] = [await newest.format(program), await newest.format(ours)]
    return { ours, ofSource, ofOurs }
  })
  const changed = answers.filter(({ ofSource, ofOurs }) => canonical(ofSource.stdout) !== canonical(ofOurs.stdout))
  expect(changed.map(({ ours }) => ours)).toEqual([])

  let same = 0
  let total = 0
  for (const { ours, ofSource } of answers) {
    const lines = new Set(comparable(ours))
    const theirs = comparable(ofSource.stdout)
    total += theirs.length
    same += theirs.filter((line) => lines.has(line)).length
  }
  expect(total).toBeGreaterThan(1000)
  expect(same / total).toBeGreaterThan(0.97)
})
