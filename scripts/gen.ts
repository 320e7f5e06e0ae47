/**
 * `npm run gen`: runs every `scripts/generate-*.ts`, which write what is derived from another place: the tool registry,
 * settings, documents. `-- --check` writes nothing and fails where one of them is stale.
 */
import { globSync } from 'node:fs'
import { root } from './shared/paths.ts'
import { run } from './shared/process.ts'
import { main } from './shared/terminal.ts'

export async function generate(check: boolean): Promise<{ failures: string[]; ran: number }> {
  // The registry is what the others describe, so it comes first.
  const first = 'scripts/generate-registry.ts'
  const others = globSync('scripts/generate-*.ts', { cwd: root }).filter((file) => !/\.test\.ts$/.test(file))
  const order = [first, ...others.filter((file) => file !== first).toSorted()]
  const failures: string[] = []
  for (const file of order) {
    const { code, output } = await run(process.execPath, [file, ...(check ? ['--check'] : [])])
    if (code !== 0) failures.push(`${file}:\n${output.trim()}`)
  }
  return { failures, ran: order.length }
}

if (import.meta.main) {
  await main(async () => {
    const { failures, ran } = await generate(process.argv.includes('--check'))
    for (const failure of failures) console.error(failure)
    console.log(`${ran} generators, ${failures.length} with complaints`)
    return failures.length > 0 ? 1 : 0
  })
}
