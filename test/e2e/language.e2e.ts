/** What a person sees who writes bpftrace in the editor: squiggles, outline, hover, completion, Markdown fences. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, openEditor } from './driver.ts'

const broken = `// A parse error on line 4
BEGIN { printf("ready\\n"); }

kprobe:vfs_read { @reads[comm] = ; }

END { clear(@reads); }
`

const readme = `# Notes

\`\`\`bpftrace
kprobe:vfs_read { @reads[comm] = count(); }
\`\`\`
`

let editor: Editor
beforeAll(async () => {
  editor = await openEditor({ files: { 'broken.bt': broken, 'notes.md': readme, 'empty.bt': '' } })
})
afterAll(() => editor.close())

test('a syntax error is underlined where it is, and only there', async () => {
  await editor.openFile('broken.bt')
  await editor.squiggle('error').first().waitFor()
  const problems = await editor.problems()
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/bpftrace/)
  expect(problems[0]).toMatch(/4/)
  expect(problems[0]).toMatch(/syntax/i)
  await editor.screenshot('language-squiggle-dark')
  // The panel hides lines that later tests point at.
  await editor.page.keyboard.press('Control+J')
})

test('the outline lists the probes with their maps', async () => {
  const outline = await editor.section('Outline')
  await outline.getByRole('treeitem', { name: /kprobe:vfs_read/ }).waitFor()
  await outline.getByRole('treeitem', { name: /^BEGIN/ }).waitFor()
  await editor.screenshot('language-outline-dark')
})

test('hovering a builtin tells its type and what it is', async () => {
  const text = await editor.hover('comm')
  expect(text).toContain('comm: string[16]')
  expect(text).toContain('Name of the current thread')
  await editor.screenshot('language-hover-dark')
})

test('completion offers builtins that start with what was typed', async () => {
  await editor.openFile('empty.bt')
  await editor.page.keyboard.type('kprobe:vfs_read { print(ns')
  // What was offered while typing is still there for a moment.
  await expect.poll(async () => (await editor.complete()).at(0)).toBe('nsecs')
  await editor.screenshot('language-completion-dark')
  await editor.page.keyboard.press('Enter')
  await expect.poll(() => editor.page.locator('.view-line').first().innerText()).toContain('print(nsecs')
})

test('completion offers probe types at the top level', async () => {
  await editor.page.keyboard.press('Control+End')
  await editor.page.keyboard.type(' }\n\ntracep')
  await expect.poll(async () => (await editor.complete()).at(0)).toBe('tracepoint')
})

test('a bpftrace fence in Markdown is highlighted like a script', async () => {
  await editor.openFile('notes.md')
  await editor.token('count').waitFor()
  const colour = (text: string) => editor.token(text).evaluate((span) => getComputedStyle(span).color)
  // In plain text all of the line would look alike.
  expect(await colour('count')).not.toBe(await colour('comm'))
  expect(await colour('count')).not.toBe(await colour('kprobe'))
  await editor.screenshot('language-markdown-dark')
})

test('the status item says which bpftrace is judged for', async () => {
  await editor.openFile('broken.bt')
  await editor.page.locator('#status\\.languageStatus').hover()
  const shown = (text: string | RegExp) => editor.page.getByText(text).first().waitFor()
  await shown(/bpftrace 0\.\d+\.\d+/)
  await shown('Change…')
  await editor.screenshot('language-status-dark')
})

test('the version that is judged for can be changed there, and applies at once', async () => {
  await editor.page.getByText('Change…').first().click()
  await editor.pick('bpftrace Version')
  await editor.pick('0.23')
  const status = editor.page.locator('#status\\.languageStatus')
  const changed = editor.page.getByText('bpftrace 0.23.0').first()
  await expect
    .poll(async () => {
      await editor.page.mouse.move(300, 300)
      await status.hover()
      // The box takes a moment to come, and would not if the pointer left at once.
      return changed.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      )
    })
    .toBe(true)
})

test('nothing has complained', () => {
  expect(editor.consoleErrors).toEqual([])
})
