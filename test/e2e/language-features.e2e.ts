/** Each language feature once, done as a person's hands would do it. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, openEditor } from './driver.ts'

const reads = `// Counts and times reads
#include "shared.h"

struct sample {
  int size;
  char name[16];
};

macro micros(ns) { ns / 1000 }

kprobe:vfs_*
{
  @start[tid] = nsecs;
}

kretprobe:vfs_read
/@start[tid]/
{
  $delta = nsecs - @start[tid];
  @us[comm] = lhist(micros($delta), 0, 1000, 10);
  delete(@start, tid);
}

END
{
  clear(@start);
}
`

const older = 'tracepoint:syscalls:sys_enter_openat { @[str(args->filename)] = count(); }\n'
const uses = `#include "shared.h"
import "lib.bt";
BEGIN
{
  $s = (struct shared *)0;
  print(half($s->x));
}

tracepoint:sock:inet_sock_set_state { print(args.newstate); }
`
const lines = 'BEGIN{@a=1}\nEND{@b=1;}\n'
const untidy = 'BEGIN{@a=1;print(@a);}\n'
const settings = {
  'tracewright.bpftrace.version': '0.27',
  // Snapshot: the names are the same on every machine.
  'tracewright.kernel.source': 'snapshot',
  'editor.inlayHints.enabled': 'on',
}

let editor: Editor
beforeAll(async () => {
  const files = {
    'reads.bt': reads,
    'shared.h': '#define SHARED 1\nstruct shared {\n  int x;\n};\n',
    'lib.bt': '// Halves a number.\nmacro half(x) { x / 2 }\n',
    'uses.bt': uses,
    'lines.bt': lines,
    'places.bt': '',
    'untidy.bt': untidy,
    'older.bt': older,
    'oldest.bt': older,
    'empty.bt': '',
    'fresh.bt': '',
  }
  editor = await openEditor({ files, settings, size: { width: 1400, height: 900 } })
  await editor.openFile('reads.bt')
})
afterAll(() => editor.close())

/** The line the cursor is on, as the status bar says it. */
async function cursorLine(): Promise<number> {
  const status = await editor.page.locator('#status\\.editor\\.selection').innerText()
  return Number(/Ln (\d+)/.exec(status)?.[1])
}

/** Saves the active editor; the file's text can be polled. */
async function save(name: string): Promise<() => string> {
  await editor.page.keyboard.press('Control+S')
  return () => readFileSync(`${editor.workspace}/${name}`, 'utf8')
}

test('code lens: a probe with wildcards says how many probes it is, and lists them', async () => {
  const lens = editor.page.locator('.codelens-decoration a').filter({ hasText: /expands to \d+ probes/ })
  await lens.first().waitFor()
  await editor.screenshot('features-code-lens-dark')
  await lens.first().click()
  const row = editor.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'kprobe:vfs_' })
  await row.first().waitFor()
  await editor.page.keyboard.press('Escape')
})

test('inlay hints: types of variables and names of literal arguments', async () => {
  const hints = editor.page.locator('.view-lines span[class*="dyn-rule"]')
  // The editor writes blanks that do not break.
  const texts = async () => (await hints.allInnerTexts()).join(' ').replaceAll('\u00a0', ' ')
  await expect.poll(texts).toMatch(/: uint64.*min:/)
  await editor.screenshot('features-inlay-hints-dark')
})

test('definition: from a use of a macro to the macro', async () => {
  await editor.goTo(20, 24)
  await editor.page.keyboard.press('F12')
  await expect.poll(cursorLine).toBe(9)
})

test('references: all uses of a map in a peek', async () => {
  await editor.goTo(13, 5)
  await editor.page.keyboard.press('Shift+F12')
  const peek = editor.page.locator('.reference-zone-widget')
  await peek.waitFor()
  await expect.poll(() => peek.locator('.ref-tree .monaco-list-row').count()).toBeGreaterThanOrEqual(5)
  await editor.screenshot('features-references-dark')
  await editor.page.keyboard.press('Escape')
  await peek.waitFor({ state: 'hidden' })
})

test('definition: from a use to another file, by a key and by a click on a link', async () => {
  await editor.openFile('uses.bt')
  await editor.token('half').waitFor()
  await editor.goTo(6, 10)
  await editor.page.keyboard.press('F12')
  await editor.tab('lib.bt').waitFor()
  await expect.poll(cursorLine).toBe(2)
  await editor.openFile('uses.bt')
  await editor.goTo(6, 18)
  await editor.page.keyboard.press('F12')
  await editor.tab('shared.h').waitFor()
  await expect.poll(cursorLine).toBe(3)
  await editor.openFile('uses.bt')
  await expect.poll(() => editor.page.locator('.detected-link').count()).toBeGreaterThan(1)
  await editor.page
    .locator('.detected-link')
    .last()
    .click({ modifiers: ['Control'] })
  await expect.poll(() => editor.tab('lib.bt').getAttribute('aria-selected')).toBe('true')
})

test('hover: a macro of another file, what the values of an argument mean', async () => {
  await editor.openFile('uses.bt')
  expect(await editor.hover('half')).toContain('Halves a number.')
  expect(await editor.hover('newstate')).toContain('TCP_ESTABLISHED')
  await editor.screenshot('features-values-dark')
})

test('highlights: the other uses of the name under the cursor', async () => {
  await editor.openFile('reads.bt')
  await editor.goTo(19, 5)
  const marks = editor.page.locator('.monaco-editor .wordHighlight, .monaco-editor .wordHighlightStrong')
  await expect.poll(() => marks.count()).toBeGreaterThanOrEqual(2)
})

test('signature help: the parameter that is being written', async () => {
  await editor.goTo(20, 38)
  await editor.page.keyboard.press('Control+Shift+Space')
  const active = editor.page.locator('.parameter-hints-widget.visible .parameter.active')
  await active.waitFor()
  expect(await active.first().innerText()).toMatch(/min/)
  await editor.screenshot('features-signature-dark')
  await editor.page.keyboard.press('Escape')
})

test('rename: a map everywhere, and a refusal that says why', async () => {
  await editor.goTo(13, 6)
  await editor.page.keyboard.press('F2')
  await editor.page.locator('.rename-box input').fill('@begun')
  await editor.page.keyboard.press('Enter')
  await expect.poll(() => editor.page.locator('.view-lines').first().innerText()).toContain('@begun')
  const text = await save('reads.bt')
  await expect.poll(() => text().match(/@begun/g)?.length).toBe(5)
  expect(text()).not.toContain('@start')
  await editor.goTo(13, 18)
  await editor.page.keyboard.press('F2')
  await editor.page.getByText('`nsecs` is a builtin of bpftrace').first().waitFor()
  await editor.page.keyboard.press('Escape')
})

test('workspace symbols: a map of any script by name', async () => {
  await editor.page.keyboard.press('Control+T')
  const input = editor.page.locator('.quick-input-widget input.input')
  await input.waitFor()
  await input.fill('#begun')
  const row = editor.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '@begun' })
  await row.first().waitFor()
  await editor.page.keyboard.press('Escape')
  await input.waitFor({ state: 'hidden' })
})

test('call hierarchy: who calls a macro', async () => {
  await editor.goTo(9, 9)
  await editor.command('Peek Call Hierarchy')
  await editor.page
    .locator('.call-hierarchy .monaco-list-row')
    .filter({ hasText: 'kretprobe:vfs_read' })
    .first()
    .waitFor()
  await editor.screenshot('features-call-hierarchy-dark')
  await editor.page.keyboard.press('Escape')
})

test('folding and selection: a block folds, a selection grows', async () => {
  await editor.goTo(13, 5)
  const lines = () => editor.page.locator('.line-numbers').allInnerTexts()
  await editor.page.keyboard.press('Control+Shift+BracketLeft')
  await expect.poll(lines).not.toContain('13')
  await editor.page.keyboard.press('Control+Shift+BracketRight')
  await expect.poll(lines).toContain('13')
  await editor.goTo(19, 14)
  const selected = () => editor.page.locator('#status\\.editor\\.selection').innerText()
  for (const length of ['5', '19']) {
    await editor.page.keyboard.press('Shift+Alt+ArrowRight')
    await expect.poll(selected).toContain(`(${length} selected)`)
  }
})

test('semantic tokens: a macro is told from a function, which the grammar cannot do', async () => {
  const colour = (text: string) => editor.token(text).evaluate((span) => getComputedStyle(span).color)
  await expect.poll(() => colour('micros')).not.toBe(await colour('lhist'))
})

test('code actions: a fix first and the ignoring comment last', async () => {
  await editor.openFile('older.bt')
  await editor.squiggle('hint').or(editor.page.locator('.squiggly-hint, .codicon-light-bulb')).first().waitFor()
  await editor.goTo(1, older.indexOf('->') + 2)
  await editor.page.keyboard.press('Control+Period')
  const rows = editor.page.locator('.action-widget .monaco-list-row.action')
  await rows.filter({ hasText: 'Replace with' }).first().waitFor()
  const titles = await rows.allInnerTexts()
  const ours = titles.filter((title) => /Replace with|Ignore/.test(title))
  expect(ours.at(0)).toContain('Replace with `.`')
  expect(ours.at(-1)).toContain('Ignore `older-spelling` here')
  await editor.screenshot('features-code-actions-dark')
  await rows.filter({ hasText: 'Replace with' }).first().click()
  await expect.poll(() => editor.page.locator('.view-lines').first().innerText()).toContain('args.filename')
})

test('fix all: what is safe is fixed at once', async () => {
  await editor.page.keyboard.press('Control+Z')
  await expect.poll(() => editor.page.locator('.view-lines').first().innerText()).toContain('args->filename')
  await editor.squiggle('hint').first().waitFor()
  // VS Code looks for fixes by itself a quarter of a second after new diagnostics, and drops what was asked for meanwhile.
  const fixed = async () => {
    await editor.command('Fix All')
    return editor.page.locator('.view-lines').first().innerText()
  }
  await expect.poll(fixed, { interval: 2000 }).toContain('args.filename')
})

test('formatting: the document is laid out and stays the same program', async () => {
  await editor.openFile('untidy.bt')
  await editor.token('print').waitFor()
  await editor.command('Format Document')
  await expect.poll(() => editor.page.locator('.view-line').count()).toBeGreaterThan(3)
  const text = await save('untidy.bt')
  await expect.poll(text).toBe('BEGIN\n{\n  @a = 1;\n  print(@a);\n}\n')
})

test('formatting: a selection, and a line as it is finished', async () => {
  await editor.openFile('lines.bt')
  await editor.goTo(2, 1)
  await editor.page.keyboard.press('Shift+End')
  await editor.command('Format Selection')
  await expect.poll(async () => (await save('lines.bt'))()).toBe('BEGIN{@a=1}\nEND\n{\n  @b = 1;\n}\n')
  editor.change({ 'editor.formatOnType': true })
  await editor.goTo(1, 11)
  // The setting is read from its file, which takes a moment.
  await expect
    .poll(async () => {
      await editor.page.keyboard.type(';')
      const text = (await save('lines.bt'))()
      if (!text.includes('@a = 1;')) await editor.page.keyboard.press('Backspace')
      return text
    })
    .toContain('@a = 1;')
  editor.change({ 'editor.formatOnType': false })
})

test.each([
  ['keys of the config block', 'config = { stack_m', 'stack_mode'],
  ['values of a key', 'config = { stack_mode = ', 'perf'],
  ['kinds of declared maps', 'let @m = lru', 'lruhash'],
  ['files that can be imported', 'import "li', 'lib.bt'],
  ['headers that can be included', '#include "sh', 'shared.h'],
  ['variables of this block', 'BEGIN { $first = 1; print($fi', '$first'],
  ['maps of the script', 'BEGIN { @total = 1; print(@to', '@total'],
  ['parameters of the command line', 'BEGIN { print($', '$1'],
  ['conversions of a format', 'BEGIN { printf("%', '%s'],
  ['structs of the kernel', 'BEGIN { $t = (struct task_str', 'task_struct'],
  ['constants of the kernel', 'BEGIN { print(BPF_MAP_TYPE_HA', 'BPF_MAP_TYPE_HASH'],
  ['arguments of this function', 'kprobe:vfs_read { print(ar', 'arg0'],
  ['builtins of this probe', 'kretprobe:vfs_read { print(ret', 'retval'],
])('completion: %s', async (_, typed, wanted) => {
  await editor.openFile('places.bt')
  await editor.goTo(1)
  await editor.page.keyboard.press('Control+A')
  await editor.page.keyboard.type(typed)
  await expect.poll(() => editor.complete()).toContain(wanted)
  await editor.page.keyboard.press('Escape')
})

test('completion: a dot takes a field and goes on to its own fields', async () => {
  await editor.goTo(1)
  await editor.page.keyboard.press('Control+A')
  await editor.page.keyboard.type('BEGIN { print(curtask.real_par')
  await expect.poll(async () => (await editor.complete()).at(0)).toBe('real_parent')
  await editor.page.keyboard.type('.tgi')
  await expect.poll(async () => (await editor.complete()).at(0)).toBe('tgid')
  await expect.poll(() => editor.page.locator('.view-line').first().innerText()).toContain('real_parent.tgi')
  await editor.page.keyboard.press('Escape')
})

test('completion: probes level by level, fields through types', async () => {
  await editor.openFile('empty.bt')
  await editor.page.keyboard.type('tracepoint:sysc')
  await expect.poll(async () => (await editor.complete()).at(0)).toBe('syscalls')
  await editor.page.keyboard.press('Enter')
  await editor.page.keyboard.type('sys_enter_openat')
  await expect.poll(() => editor.complete()).toContain('sys_enter_openat')
  await editor.screenshot('features-probe-completion-dark')
  await editor.page.keyboard.press('Enter')
  await editor.page.keyboard.type(' { print(str(args.fi')
  await expect.poll(async () => (await editor.complete()).at(0)).toBe('filename')
  await editor.page.keyboard.press('Enter')
  // Closing brackets that the editor has put there are typed over.
  await editor.page.keyboard.type(')); $c = curtask.mm.')
  await expect.poll(async () => (await editor.complete()).length).toBeGreaterThan(3)
  await editor.screenshot('features-field-completion-dark')
  await editor.page.keyboard.press('Escape')
})

test('hover: a tracepoint shows its fields and a statement that prints them', async () => {
  const text = await editor.hover('sys_enter_openat')
  expect(text).toContain('filename')
  expect(text).toContain('printf("dfd=%d')
  await editor.screenshot('features-tracepoint-hover-dark')
})

test('templates: an empty file is filled with a program that has tab stops', async () => {
  await editor.openFile('fresh.bt')
  const text = () => editor.page.locator('.view-lines').first().innerText()
  const choice = editor.page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: 'major-faults' })
  // Tab stops are worked out once somebody asks for templates, and until then a program comes without them.
  await expect
    .poll(async () => {
      await editor.page.keyboard.press('Escape')
      await editor.page.keyboard.press('Control+A')
      await editor.page.keyboard.type('page-fau')
      expect(await editor.complete()).toContain('page-faults')
      await editor.screenshot('features-template-dark')
      await editor.page.keyboard.press('Enter')
      await expect.poll(text).toContain('software:page-faults:1')
      await choice.waitFor({ timeout: 2000 }).catch(() => undefined)
      return choice.count()
    })
    .toBe(1)
  await editor.screenshot('features-template-choice-dark')
  await choice.click()
  await expect.poll(text).toContain('software:major-faults:1')
  // With the choice the cursor has gone on to the next tab stop, the sample count.
  await editor.page.keyboard.type('100')
  await expect.poll(text).toContain('software:major-faults:100')
})

test('in light colours it is as readable', async () => {
  await editor.theme('light')
  await editor.openFile('reads.bt')
  await editor.token('micros').waitFor()
  await editor.page.locator('.codelens-decoration').first().waitFor()
  await editor.screenshot('features-light')
  await editor.hover('lhist')
  await editor.screenshot('features-hover-light')
  await editor.goTo(20, 38)
  await editor.page.keyboard.press('Control+Shift+Space')
  await editor.page.locator('.parameter-hints-widget.visible').waitFor()
  await editor.screenshot('features-signature-light')
  await editor.page.keyboard.press('Escape')
  await editor.goTo(20, 26)
  await editor.complete()
  await editor.screenshot('features-completion-light')
  await editor.page.keyboard.press('Escape')
  await editor.openFile('oldest.bt')
  await editor.squiggle('hint').or(editor.page.locator('.squiggly-hint, .codicon-light-bulb')).first().waitFor()
  await editor.goTo(1, older.indexOf('->') + 2)
  await editor.page.keyboard.press('Control+Period')
  await editor.page.locator('.action-widget .monaco-list-row.action').first().waitFor()
  await editor.screenshot('features-code-actions-light')
  await editor.page.keyboard.press('Escape')
})

test('code lens and inlay hints go away by their settings, at once', async () => {
  await editor.openFile('reads.bt')
  const lens = editor.page.locator('.codelens-decoration a').filter({ hasText: /expands to/ })
  await lens.first().waitFor()
  const hints = async () => (await editor.page.locator('.view-lines span[class*="dyn-rule"]').allInnerTexts()).join(' ')
  editor.change({ 'tracewright.codeLens.enabled': false, 'tracewright.inlayHints.types': false })
  await expect.poll(() => lens.count()).toBe(0)
  await expect.poll(hints).not.toMatch(/uint64/)
  expect(await hints()).toMatch(/min:/)
  editor.change({ 'tracewright.inlayHints.parameterNames': false })
  await expect.poll(hints).not.toMatch(/min:/)
})

test('nothing has complained', () => {
  expect(editor.consoleErrors).toEqual([])
})
