/**
 * `npm run soak`: the property tests a million times over with new seeds, for as many minutes a property as `-- --minutes`
 * says (2 unless told). A failure prints the seed and the smallest counter-example.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './shared/paths.ts'
import { main, PlainError } from './shared/terminal.ts'
import { runVitest } from './shared/vitest.ts'

const rooms = '{analyzers,services,tools,mcp-server,language-server,extension,webviews,cli}'

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { minutes: { type: 'string', default: '2' } },
    allowPositionals: true,
  })
  const minutes = Number(values.minutes)
  if (!(minutes > 0)) throw new PlainError(`--minutes wants a number, not ${values.minutes}`)
  const files = globSync(`${rooms}/**/*.test.ts`, { cwd: root })
    .filter((file) => /from 'fast-check'/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
    .toSorted()
  if (files.length === 0) throw new PlainError('No property tests were found.')
  console.log(`Soaking ${files.length} files, at most ${minutes} minutes a property:\n  ${files.join('\n  ')}`)
  // A property may use up its minutes; the time limit of a test is only there for one that hangs.
  const limit = [`--testTimeout=${(minutes * 60 + 300) * 1000}`, '--testNamePattern=.']
  const counts = await runVitest('unit', [...files, ...limit], { TRACEWRIGHT_SOAK: String(minutes) })
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0
})
