/**
 * How long the extension host stands still because of us: the packaged extension in a real editor, where a user opens a
 * script and a profile of half a million samples, changes the sample type, searches, imports 500 profiles, lists them and
 * has the MCP server started. Beside the longest stretch in our code stands the longest stop of the event loop by
 * whomever, also while nobody does anything. Processor time is the clock's times the share in which the thread had one. Ends with code 1 where a stretch of ours is longer than 50 ms.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { encodePprof } from '../analyzers/pprof/formats/pprof.ts'
import { importFolded } from '../analyzers/pprof/imports/folded.ts'
import { makePackage } from '../scripts/package.ts'
import { runInExtensionHost } from '../test/e2e/extension-host.ts'
import { writeProfile } from './generate-profile.ts'

const BAR_MS = 50
const STORED = 500

const Steps = z.array(
  z.object({
    name: z.string(),
    loop: z.number(),
    longest: z.number(),
    total: z.number(),
    where: z.string(),
    /** Share of the time in which the thread wanted to run that it did run. */
    onProcessor: z.number(),
  }),
)

async function prepare(workspace: string): Promise<void> {
  await writeProfile(join(workspace, 'big.pprof'), { samples: 500_000, functions: 20_000, labels: false, repeat: 0.9 })
  writeFileSync(join(workspace, 'script.bt'), 'kprobe:vfs_read { @reads[comm] = count(); }\n')
  mkdirSync(join(workspace, 'many'))
  for (let n = 0; n < STORED; n++) {
    const pieces = [...encodePprof(importFolded(`main;step${n} ${n + 1}\nmain;other 5\n`))]
    writeFileSync(join(workspace, 'many', `profile-${n}.pprof`), gzipSync(Buffer.concat(pieces)))
  }
}

/** What needs a pointer and keys. */
async function drive(page: Page, workspace: string): Promise<void> {
  const view = () => page.locator('iframe.webview.ready').first().contentFrame().frameLocator('iframe#active-frame')
  const when = async (name: string, run: () => Promise<unknown>) => {
    while (!existsSync(join(workspace, `wanted-${name}`))) await new Promise((resolve) => setTimeout(resolve, 50))
    await run()
    writeFileSync(join(workspace, `done-${name}`), '')
  }
  const patience = { timeout: 120_000 }
  await when('opened', () => view().getByLabel('Flame graph').waitFor(patience))
  await when('sample-type', async () => {
    const total = view().locator('.total')
    const before = await total.innerText()
    await view().getByLabel('Sample type').selectOption('samples')
    while ((await total.innerText()) === before) await page.waitForTimeout(50)
  })
  await when('search', async () => {
    await view().getByLabel('Search').fill('work')
    await view()
      .getByLabel('Flame graph')
      .click({ position: { x: 200, y: 90 } })
    await view().getByRole('tab', { name: 'Table' }).click()
  })
}

const vsix = process.env.TRACEWRIGHT_VSIX ?? (await makePackage())
let steps: z.output<typeof Steps> = []
const { code, log } = await runInExtensionHost(vsix, 'stalls.cjs', {
  prepare,
  drive: async (page, workspace) => {
    await drive(page, workspace)
    const result = join(workspace, 'stalls.json')
    while (!existsSync(result)) await new Promise((resolve) => setTimeout(resolve, 100))
    await new Promise((resolve) => setTimeout(resolve, 300))
    steps = Steps.parse(JSON.parse(readFileSync(result, 'utf8')))
  },
})
if (code !== 0) throw new Error(`the run in the editor failed:\n${log}`)

const ms = (value: number) => `${value.toFixed(1)} ms`
console.log(
  '| step | longest stretch of ours | by the clock | all of ours | longest stop by anyone | longest stretch in |',
)
console.log('| --- | ---: | ---: | ---: | ---: | --- |')
for (const { name, longest, total, loop, where, onProcessor } of steps) {
  const figures = [longest * onProcessor, longest, total * onProcessor, loop].map(ms)
  console.log(`| ${[name, ...figures, where].join(' | ')} |`)
}
const worst = Math.max(...steps.map(({ longest, onProcessor }) => longest * onProcessor))
console.log(`\nLongest stretch of ours: ${ms(worst)} of processor time; the bar is ${BAR_MS} ms`)
process.exit(worst <= BAR_MS ? 0 : 1)
