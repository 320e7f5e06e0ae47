/** The store of profiles in the side bar: what people bring in, name, keep and throw away. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, openEditor } from './driver.ts'

let editor: Editor
beforeAll(async () => {
  editor = await openEditor()
})
afterAll(() => editor.close())

/** The context menu of a row, and the item taken from it. */
async function choose(row: Locator, item: string): Promise<void> {
  await row.click({ button: 'right' })
  await editor.menu(item)
}

test('a zip archive is imported as one bundle; what is no profile in it is counted', async () => {
  const folder = join(editor.workspace, 'profiles', 'price-change')
  const entries = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
  const archive = join(editor.workspace, 'week-12.zip')
  writeFileSync(archive, zipSync({ ...entries, 'notes.txt': Buffer.from('no profile\n') }))
  await editor.section('Tracewright')
  await editor.command('Tracewright: Import Profiles into Store…', { asks: true })
  await editor.answer(archive)
  await editor.notifications().filter({ hasText: 'Stored 2 of 3 files' }).waitFor()
  await editor.screenshot('store-import')
  await editor.treeItem(/^week-12\.zip, 2 profiles/).waitFor()
  // Room for the rows of the bundle; a heading that sticks is scrolled to by the first click and closed by the next.
  const heading = editor.treeItem('Workspace').first()
  await expect
    .poll(async () => {
      await heading.click()
      return heading.getAttribute('aria-expanded')
    })
    .toBe('false')
  await editor.treeItem(/^cpu, before/).waitFor()
})

test('a stored profile gets another name', async () => {
  await choose(editor.treeItem(/^cpu, before/), 'Rename in Store…')
  await editor.answer('monday')
  await editor.treeItem(/^cpu, monday/).waitFor()
})

test('a pinned profile is marked, and is let go again', async () => {
  await choose(editor.treeItem(/^cpu, monday/), 'Pin in Store')
  await editor.treeItem(/^cpu, monday.*pinned/).waitFor()
  await editor.screenshot('store-pinned')
  await choose(editor.treeItem(/^cpu, monday/), 'Unpin in Store')
  await editor.treeItem(/^cpu, monday.*pinned/).waitFor({ state: 'detached' })
})

test('a profile is deleted once that has been confirmed', async () => {
  await choose(editor.treeItem(/^cpu, monday/), 'Delete from Store')
  await editor.page.locator('.monaco-dialog-box').waitFor()
  await editor.screenshot('store-delete')
  await editor.dialog('Cancel')
  await editor.treeItem(/^cpu, monday/).waitFor()
  await choose(editor.treeItem(/^cpu, monday/), 'Delete from Store')
  await editor.dialog('Delete')
  await editor.treeItem(/^cpu, monday/).waitFor({ state: 'detached' })
  // What is left of the bundle stands alone, under its name.
  await editor.treeItem(/^after\.pprof, cpu/).waitFor()
})

test('what is no profile at all is said, with its reason', async () => {
  await editor.command('Tracewright: Import Profiles into Store…', { asks: true })
  await editor.answer(join(editor.workspace, 'README.md'))
  const said = editor.notifications().filter({ hasText: 'README.md: This' })
  await said.waitFor()
  await editor.screenshot('store-no-profile')
  expect(await said.innerText()).toMatch(/neither a pprof profile nor/)
})

test('nothing else has complained', () => {
  expect(editor.consoleErrors.filter((text) => !text.startsWith('README.md: '))).toEqual([])
})
