import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, openEditor } from './driver.ts'

let editor: Editor
beforeAll(async () => {
  editor = await openEditor()
})
afterAll(() => editor?.close())

test('a bpftrace script is highlighted by its grammar', async () => {
  await editor.openFile('open-files.bt')
  await expect
    .poll(() => editor.page.locator('.editor-status-bar, .statusbar-item').allInnerTexts())
    .toContain('bpftrace')
  const colour = (text: string) => editor.token(text).evaluate((span) => getComputedStyle(span).color)
  // Comment, keyword and function are told apart, once the grammar has been loaded.
  const colours = async () => new Set(await Promise.all([colour('/*'), colour('BEGIN'), colour('printf')])).size
  await expect.poll(colours, { timeout: 20_000 }).toBe(3)
  await editor.screenshot('highlighting-dark')
})

test('a file without extension is known by its first line', async () => {
  await editor.openFile('syscall-count')
  await expect.poll(() => editor.page.locator('.statusbar-item').allInnerTexts()).toContain('bpftrace')
})

test('the sample with mistakes is underlined where its mistake is', async () => {
  await editor.openFile('with-mistakes.bt')
  await editor.squiggle('error').first().waitFor()
  // At the semicolon that stands where the parenthesis should.
  await expect.poll(async () => (await editor.problems()).join('\n')).toMatch(/at line 9 and character 34/i)
  await editor.screenshot('mistakes-dark')
})

test('the light theme is followed while the file is open', async () => {
  const background = () =>
    editor.page
      .locator('.monaco-editor-background')
      .first()
      .evaluate((e) => getComputedStyle(e).backgroundColor)
  const dark = await background()
  await editor.theme('light')
  expect(await background()).not.toBe(dark)
  await editor.screenshot('highlighting-light')
})

test('nothing has complained', () => {
  expect(editor.consoleErrors).toEqual([])
})
