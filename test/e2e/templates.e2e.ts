/** From a question to a program in a script: the form of templates, what a script can be given, and the walkthrough. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, openEditor } from './driver.ts'

const reads = `tracepoint:syscalls:sys_enter_read
{
  @reads[comm] = count();
}
`

const settings = {
  'tracewright.bpftrace.version': '0.27',
  // Snapshot: the names are the same on every machine.
  'tracewright.kernel.source': 'snapshot',
}

let editor: Editor
beforeAll(async () => {
  const files = { 'reads.bt': reads, 'target.bt': reads }
  editor = await openEditor({ files, settings, size: { width: 1600, height: 900 } })
})
afterAll(() => editor.close())

const saved = (name: string) => readFileSync(join(editor.workspace, name), 'utf8')

async function save(): Promise<void> {
  await editor.page.keyboard.press('Control+S')
}

test('the walkthrough leads to a script with a mistake in it', async () => {
  await editor.command('Tracewright: Get Started with Tracewright')
  const page = editor.page.locator('.gettingStartedContainer')
  await page.getByText('Write a program from a template').first().waitFor()
  await editor.webview().getByText('sample.bt').waitFor()
  await editor.screenshot('walkthrough-dark')
  await page.getByRole('button', { name: 'Open Sample Script' }).click()
  await editor.token('cuont').waitFor()
  await editor.squiggle('error').first().waitFor()
})

test('the form writes a program for the target, and inserts it after what is there', async () => {
  await editor.openFile('target.bt')
  await editor.goTo(3, 5)
  await editor.command('Tracewright: New Program from Template')
  const form: FrameLocator = editor.webview()
  await form.getByRole('combobox', { name: 'Search templates' }).fill('disk latency')
  await form.getByRole('option', { name: /How long do disks take to answer/ }).click()
  await form.getByRole('heading', { name: 'How long do disks take to answer?' }).waitFor()
  await form.getByRole('checkbox', { name: 'Stop after a time' }).check()
  const program = form.getByRole('region', { name: 'Program' })
  await expect.poll(() => program.innerText()).toContain('exit()')
  await form.getByText('For bpftrace 0.27').waitFor()
  await form.getByText('Goes into target.bt').waitFor()
  await editor.screenshot('template-form-dark')
  await form.getByRole('button', { name: 'Insert at Cursor' }).click()
  await expect.poll(() => editor.page.locator('.view-lines').first().innerText()).toContain('How')
  await save()
  await expect.poll(() => saved('target.bt')).toContain('// How long do disks take to answer?')
  expect(saved('target.bt').startsWith(reads)).toBe(true)
  expect(await editor.squiggle('error').count()).toBe(0)
})

test('a value that is wrong is said at its field', async () => {
  const form = editor.webview()
  await form.getByRole('combobox', { name: 'Search templates' }).fill('off-cpu')
  await form.getByRole('textbox', { name: 'tid' }).fill('all of them')
  await form.getByRole('alert').filter({ hasText: 'must be a whole number' }).waitFor()
  await editor.theme('light')
  await editor.screenshot('template-form-invalid-light')
  await editor.theme('dark')
  await form.getByRole('textbox', { name: 'tid' }).fill('4321')
  await expect.poll(() => form.getByRole('region', { name: 'Program' }).innerText()).toContain('4321')
})

test('the form is as it was after it was hidden', async () => {
  const form = editor.webview()
  await form.getByRole('button', { name: 'Open as New File' }).click()
  await editor.tab('Untitled-2').waitFor()
  await expect.poll(() => editor.squiggle('error').count()).toBe(0)
  await editor.tab('New Program from Template').click()
  const heading = form.getByRole('heading', { name: 'Where do threads wait, and for how long?' })
  await heading.waitFor()
  expect(await form.getByRole('textbox', { name: 'tid' }).inputValue()).toBe('4321')
  await expect.poll(() => form.getByRole('region', { name: 'Program' }).innerText()).toContain('4321')
})

test('a script is given a filter: shown as a difference, applied, and taken back', async () => {
  await editor.openFile('reads.bt')
  await editor.command('Tracewright: Add to Program', { asks: true })
  await editor.pick('Filter')
  const input = editor.page.locator('.quick-input-widget input.input')
  await input.fill('pid ==')
  await editor.page.locator('.quick-input-widget').getByText('cannot be a condition').waitFor()
  await input.fill('pid == 42')
  await editor.page.locator('.quick-input-widget').getByText('cannot be a condition').waitFor({ state: 'hidden' })
  await editor.page.keyboard.press('Enter')
  await editor.page.locator('.monaco-diff-editor').first().waitFor()
  await editor.page.locator('.quick-input-widget').getByText('Apply').waitFor()
  await editor.screenshot('add-to-program-dark')
  await editor.pick('Apply')
  await editor.page.locator('.monaco-diff-editor').first().waitFor({ state: 'detached' })
  const text = () => editor.page.locator('.editor-group-container.active .view-lines').first().innerText()
  await expect.poll(text).toMatch(/pid.==.42/)
  await save()
  await expect.poll(() => saved('reads.bt')).toContain('/pid == 42/')
  await editor.page.keyboard.press('Control+Z')
  await save()
  await expect.poll(() => saved('reads.bt')).toBe(reads)
})

test('the form comes back with the window', { timeout: 180_000 }, async () => {
  await editor.tab('New Program from Template').click()
  const heading = editor.webview().getByRole('heading', { name: 'Where do threads wait, and for how long?' })
  await heading.waitFor()
  await editor.page.reload()
  // Which tab was in front is remembered later than a reload right after a click comes.
  await editor.tab('New Program from Template').click({ timeout: 60_000 })
  await heading.waitFor({ timeout: 60_000 })
})
