/**
 * `npm run bench`: runs every `bench/*.bench.ts`, each a program that prints what it measured
 * as a table, ours and the peer beside us, one after the other in a process of its own. Names after
 * `--` choose among them.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { artifacts, root } from './shared/paths.ts'
import { run } from './shared/process.ts'
import { main, PlainError, seconds } from './shared/terminal.ts'

await main(async () => {
  const wanted = process.argv.slice(2)
  const files = globSync('bench/*.bench.ts', { cwd: root })
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .toSorted()
  if (files.length === 0) throw new PlainError(`No benchmark in bench/ matches ${wanted.join(', ') || '*.bench.ts'}.`)
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`
  console.log(`On ${machine}`)
  let report = `On ${machine}\n`
  let failed = 0
  for (const file of files) {
    console.log(`\n▶ ${file}`)
    const started = performance.now()
    const { code, stdout } = await run(process.execPath, ['--expose-gc', file], {
      onOutput: (text) => process.stdout.write(text),
    })
    if (code !== 0) failed += 1
    report += `\n## ${file}\n\n${stdout}`
    console.log(`  ${seconds(performance.now() - started)}${code === 0 ? '' : `, ended with code ${code}`}`)
  }
  mkdirSync(join(artifacts, 'bench'), { recursive: true })
  writeFileSync(join(artifacts, 'bench', 'report.md'), report)
  console.log(`\nWritten to ${join('artifacts', 'bench', 'report.md')}`)
  return failed > 0 ? 1 : 0
})
