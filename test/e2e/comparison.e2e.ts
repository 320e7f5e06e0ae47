/** Two profiles in one view, in the editor: every way there, and what is done with what is seen. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, openEditor } from './driver.ts'

let editor: Editor
beforeAll(async () => {
  editor = await openEditor()
})
afterAll(() => editor.close())

const graph = (): Locator => editor.webview().getByLabel('Flame graph')
const title = /(price-change∕)?before\.pprof → (price-change∕)?after\.pprof/

test('a profile is compared with another that is picked', async () => {
  await editor.openFile('price-change/after.pprof')
  await graph().waitFor()
  await editor.command('Tracewright: Compare with Another Profile…', { asks: true })
  await editor.pick('before.pprof')
  await editor.tab(title).waitFor()
  await editor.webview().getByText('Normalize').waitFor()
  await graph().waitFor()
  await editor.screenshot('comparison-dark')
  await editor.webview().getByLabel('Normalize').check()
  await expect.poll(() => editor.webview().locator('.change').innerText()).toMatch(/^4\.33 s → 4\.33 s/)
  await editor.screenshot('comparison-normalized-dark')
  await editor.webview().getByLabel('Normalize').uncheck()
})

test('the table says what grew, and both sides can be exchanged', async () => {
  await editor.webview().getByRole('tab', { name: 'Table' }).click()
  const first = editor.webview().getByRole('row').nth(1)
  await expect.poll(() => first.innerText()).toMatch(/^\+/)
  await editor.screenshot('comparison-table-dark')
  await editor.webview().getByRole('tab', { name: 'Top-down' }).click()
  await editor.webview().getByRole('button', { name: 'Swap before and after' }).click()
  await editor.tab(/after\.pprof → before\.pprof/).waitFor()
})

test('two selected rows of the Tracewright view are compared', async () => {
  await editor.section('Tracewright')
  const row = (name: string) => editor.treeItem(new RegExp(`^${name}\\.pprof, profiles/json-service`))
  await row('allocs').click()
  await editor.tab('allocs.pprof').waitFor()
  await row('heap').click({ modifiers: ['Control'] })
  await expect.poll(() => row('allocs').getAttribute('aria-selected')).toBe('true')
  await row('heap').click({ button: 'right' })
  await editor.menu('Compare Selected Profiles')
  // Which is older depends on how the folder was copied.
  await editor.tab(/(allocs|heap)\.pprof → (allocs|heap)\.pprof/).waitFor()
  await graph().waitFor()
  await expect.poll(() => editor.webview().locator('.comparison').innerText()).toContain('→')
})

test('a frame is filtered from its menu, and the filter can be taken back', async () => {
  const box = await graph().boundingBox()
  if (box === null) throw new Error('the graph is not on the screen')
  await editor.page.mouse.click(box.x + 60, box.y + 3 * 20 + 10, { button: 'right' })
  await editor.menu('Focus on Stacks with This Function')
  await editor
    .webview()
    .getByText(/of all samples’ value/)
    .waitFor()
  expect(await editor.webview().getByLabel('Focus', { exact: true }).inputValue()).toMatch(/^\^.+\$$/)
  await editor.screenshot('comparison-filtered-dark')
  await editor.webview().getByRole('button', { name: 'Clear Filters' }).click()
})

test('what the view shows is exported', async () => {
  await editor.webview().getByRole('button', { name: 'Export…' }).click()
  await editor.pick('HTML')
  await editor.answer(join(editor.workspace, 'difference.html'))
  // The dialog may have its own idea of the name, so what counts is where the file is said to be.
  const said = editor.notifications().filter({ hasText: 'Exported to' })
  await said.waitFor()
  const [, target = ''] = (await said.innerText()).match(/Exported to (.+\.html)/) ?? []
  expect(readFileSync(target, 'utf8')).toMatch(/^<!doctype html>[\s\S]*\.pprof → .*\.pprof/)
})

test('it can be read in the light theme and with high contrast', async () => {
  for (const theme of ['light', 'high contrast'] as const) {
    await editor.theme(theme)
    await editor.page.mouse.move(5, 5)
    await editor.screenshot(`comparison-${theme.replaceAll(' ', '-')}`)
  }
})

test('nothing has complained', () => {
  expect(editor.consoleErrors).toEqual([])
})

// Last, for a window that goes complains about all that it cannot finish.
test('a comparison is there again after the window is loaded anew', async () => {
  await editor.tab(title).click()
  await graph().waitFor()
  await editor.page.reload()
  await editor.tab(title).waitFor({ timeout: 60_000 })
  await graph().waitFor({ timeout: 60_000 })
})
