/**
 * Drives a real VS Code (code-server in Chromium) with the packaged extension in it, as a person would: by keys, by
 * pointer and by what can be read on the screen. How to write a spec, `test/e2e/<what>.e2e.ts`:
 *
 *     let editor: Editor
 *     beforeAll(async () => { editor = await openEditor() })   // a fresh browser on a fresh copy of samples/
 *     afterAll(() => editor?.close())
 *     test('…', async () => {
 *       await editor.openFile('opensnoop.bt')           // by name, through Quick Open
 *       await editor.squiggle('error').first().waitFor() // or editor.problems(), editor.hover('nsecs'), editor.complete()
 *       await editor.command('Tracewright: Show Log')   // through the command palette
 *       await editor.treeItem('cpu.pprof').click()      // in any tree; editor.section('Tracewright') opens a section
 *       const view = editor.webview()                   // a FrameLocator inside the active webview
 *       await editor.screenshot('opensnoop-dark')       // → artifacts/e2e/opensnoop-dark.png
 *     })
 *
 * `editor.page` is Playwright's page for all else. Waits are Playwright's own (30 s); nothing here sleeps. Run one spec
 * with `node_modules/.bin/node node_modules/vitest/vitest.mjs run --project e2e <name>`; it packages first.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { launchChromium } from '../../scripts/shared/chromium.ts'
import { artifacts, root } from '../../scripts/shared/paths.ts'

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high contrast': 'Default High Contrast',
  'high contrast light': 'Default High Contrast Light',
} as const
export type Theme = keyof typeof themes

const contributesView = readFileSync(join(root, 'package.json'), 'utf8').includes('"tracewright.explorer"')

export interface OpenOptions {
  /** Folder to copy and open; `samples/` unless told. */
  readonly workspace?: string
  /** Further files of the copy: path → content. */
  readonly files?: Readonly<Record<string, string>>
  /** Workspace settings. */
  readonly settings?: Readonly<Record<string, unknown>>
  readonly theme?: Theme
  readonly size?: { readonly width: number; readonly height: number }
}

/** Complaints of the editor itself on a machine without the network, which say nothing about us. */
const harmless = [
  /open-vsx\.org/,
  /vsda/,
  // Optional native modules of the editor server that its set-up here does not compile: log files and the watchdog.
  /spdlog|native-watchdog|native_watchdog/,
  /ENOTFOUND|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE/,
  /Timed out waiting for authentication provider/,
  /Failed to load resource/,
  /marketplace|gallery/i,
  // A busy machine: who takes part in saving did not answer in time, and the file was saved all the same.
  /Aborted onWillSaveTextDocument-event/,
  // A window that is loaded anew cannot wait for the editor's own farewells.
  /\[lifecycle\] Long running operations during shutdown/,
  /IndexedDB database .* is closed/,
]

const patience = 30_000
/** The editors of the spec that runs, for the picture of a failure. */
export const openEditors = new Set<Editor>()
const widget = '.quick-input-widget'

export class Editor {
  readonly page: Page
  /** The opened folder, for specs that write or read files. */
  readonly workspace: string
  /** What the page complained about, without the editor's own noise. */
  readonly consoleErrors: string[] = []
  readonly #context: BrowserContext

  constructor(page: Page, workspace: string) {
    this.page = page
    this.workspace = workspace
    this.#context = page.context()
    const note = (text: string) => {
      if (!harmless.some((pattern) => pattern.test(text))) this.consoleErrors.push(text)
    }
    page.on('console', (message) => message.type() === 'error' && note(message.text()))
    page.on('pageerror', (error) => note(error.message))
  }

  /** Opens a file of the workspace by name, through Quick Open. */
  async openFile(name: string): Promise<void> {
    await this.#quickInput('Control+P', name, name.split('/').at(-1) ?? name)
    await this.tab(basename(name)).waitFor()
  }

  /** Runs a command by its title, through the command palette; one that `asks` goes on in the same box. */
  async command(title: string, { asks = false } = {}): Promise<void> {
    await this.#quickInput('F1', `>${title}`, title, asks)
  }

  /** Types into the quick input that `key` opens and takes the first row that has `row` in it. */
  async #quickInput(key: string, text: string, row: string, goesOn = false): Promise<void> {
    const input = this.page.locator(`${widget} input.input`)
    // One that is still open, or just closing, would take the text for its own.
    await this.#until(input, 'hidden', () => this.page.keyboard.press('Escape'))
    await this.#pressUntil(key, input)
    await input.fill(text)
    // Enter takes the first row; until the list is filtered that is another one.
    await this.page
      .locator(`${widget} .quick-input-list .monaco-list-row[data-index="0"]`)
      .filter({ hasText: row })
      .waitFor()
    await this.page.keyboard.press('Enter')
    if (goesOn) await expect.poll(() => input.inputValue()).not.toContain(text)
    else await input.waitFor({ state: 'hidden' })
  }

  /** Types the answer to the question that is open, a path in a file dialog for one. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator(`${widget} input.input`)
    await input.waitFor()
    // A dialog fills in its own proposal when it is ready, so the text has to have stood for a moment.
    await expect
      .poll(async () => {
        const stands = (await input.inputValue()) === text
        if (!stands) await input.fill(text)
        return stands
      })
      .toBe(true)
    // A path is looked up while it is typed. Until that is done Enter is not heard, or takes the folder that is open; and
    // what was typed before the dialog listened is never looked up.
    const found = this.page.locator(`${widget} .quick-input-list .monaco-list-row.focused`)
    if (isAbsolute(text) && existsSync(text)) {
      await this.#until(found.filter({ hasText: basename(text) }), 'visible', async () => {
        await input.fill(text.slice(0, -1))
        await input.press(text.slice(-1))
      })
      expect(await input.inputValue()).toBe(text)
    }
    await this.#until(input, 'hidden', () => this.page.keyboard.press('Enter'))
  }

  /** Takes an item of the context menu that is open. */
  async menu(item: string): Promise<void> {
    const row = this.page.locator('.monaco-menu .action-item').filter({ hasText: item }).first()
    await row.waitFor()
    // A menu that has just opened does not hear the button for a moment, lest the click that opened it choose, too.
    // It may also be gone before the click has been seen to its end.
    await this.#until(row, 'hidden', () => row.click({ timeout: 3000 }).catch(() => undefined))
  }

  /** A key may be lost while the workbench is busy, so it is pressed again until what it opens is there. */
  #pressUntil(key: string, opened: Locator): Promise<void> {
    return this.#until(opened, 'visible', () => this.page.keyboard.press(key))
  }

  async #until(wanted: Locator, state: 'visible' | 'hidden', act: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + patience
    while ((await wanted.isVisible()) !== (state === 'visible')) {
      if (Date.now() > deadline) throw new Error(`${wanted} is not ${state}`)
      await act()
      await wanted.waitFor({ state, timeout: 3000 }).catch(() => undefined)
    }
  }

  /** Picks a row of a quick pick that is open. */
  async pick(row: string): Promise<void> {
    await this.page.locator(`${widget} .quick-input-list .monaco-list-row`).filter({ hasText: row }).first().click()
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name })
  }

  /** Underlined places of the active text editor. */
  squiggle(severity: 'error' | 'warning' | 'info' | 'hint' = 'error'): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`)
  }

  /** What the Problems panel says, one line for each problem: message, source, code, place. */
  async problems(): Promise<string[]> {
    const rows = this.page.locator('.markers-panel .monaco-list-row')
    await this.#pressUntil('Control+Shift+M', this.page.locator('.markers-panel'))
    await rows.first().waitFor()
    const labels = await rows.evaluateAll((elements) => elements.map((row) => row.getAttribute('aria-label') ?? ''))
    // The first row of each file names the file.
    return labels.filter((label) => /^(Error|Warning|Info|Hint)/i.test(label))
  }

  /** The piece of source text on the screen that reads exactly `text`. */
  token(text: string): Locator {
    const exact = new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)
    return this.page.locator('.monaco-editor .view-line span span').filter({ hasText: exact }).first()
  }

  /** Hovers a token of the active editor and returns what the hover says once it says something. */
  async hover(text: string): Promise<string> {
    const content = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').filter({ hasText: /\S/ }).first()
    // What is still said about another token would be taken for the answer.
    await this.page.mouse.move(0, 0)
    await content.waitFor({ state: 'hidden' })
    // A busy editor may miss that the pointer has come to rest, so it comes again until something is said.
    await this.#until(content.filter({ hasNotText: 'Loading...' }), 'visible', async () => {
      await this.page.mouse.move(0, 0)
      await this.token(text).hover()
    })
    const parts = await this.page.locator('.monaco-hover:not(.hidden) .hover-contents').allInnerTexts()
    return parts.join('\n')
  }

  /** Puts the cursor at a place, both 1-based. */
  async goTo(line: number, column = 1): Promise<void> {
    // By key: a click would land on whatever lies over the text, a peek or a hover.
    const focused = this.page.locator('.editor-group-container.active .monaco-editor.focused').first()
    await this.page.keyboard.press('Control+1')
    await this.#pressUntil('Control+1', focused)
    const input = this.page.locator(`${widget} input.input`)
    await this.#pressUntil('Control+G', input)
    await input.fill(`:${line}:${column}`)
    await this.page.keyboard.press('Enter')
    await input.waitFor({ state: 'hidden' })
  }

  /** Asks for completion at the cursor and returns the labels in view. */
  async complete(): Promise<string[]> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row')
    await this.#pressUntil('Control+Space', rows.first())
    return rows.locator('.label-name').allInnerTexts()
  }

  /** A section of the side bar, opened if it was closed. */
  async section(title: string): Promise<Locator> {
    const header = this.page.locator(`.pane-header[aria-label="${title} Section"]`)
    await header.waitFor()
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click()
    return this.page.locator('.pane').filter({ has: header })
  }

  treeItem(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name })
  }

  /** Presses a button of the modal dialog that is open. */
  async dialog(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: button }).first().click()
  }

  /** Texts of the notifications on the screen. */
  notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item-message')
  }

  /** The document of the webview on the screen; `nth` chooses where there are several. */
  webview(nth = 0): FrameLocator {
    return this.page.locator('iframe.webview.ready').nth(nth).contentFrame().frameLocator('iframe#active-frame')
  }

  /** Changes settings of the workspace while everything is open. */
  change(settings: Readonly<Record<string, unknown>>): void {
    const path = join(this.workspace, '.vscode', 'settings.json')
    const before: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
    writeFileSync(path, JSON.stringify(Object.assign({}, before, settings), null, 2))
  }

  /** Changes the colour theme while everything is open. */
  async theme(theme: Theme): Promise<void> {
    this.change({ 'workbench.colorTheme': themes[theme] })
    const dark = theme === 'dark' || theme === 'high contrast'
    const high = theme.startsWith('high contrast')
    const className = high ? (dark ? 'hc-black' : 'hc-light') : dark ? 'vs-dark' : 'vs'
    await this.page.locator(`.monaco-workbench.${className}`).waitFor()
  }

  /** Keeps a picture for people: `artifacts/e2e/<name>.png`. */
  async screenshot(name: string): Promise<string> {
    const path = join(artifacts, 'e2e', `${name}.png`)
    mkdirSync(dirname(path), { recursive: true })
    await this.page.screenshot({ path })
    return path
  }

  async close(): Promise<void> {
    openEditors.delete(this)
    await this.#context.browser()?.close()
    rmSync(dirname(this.workspace), { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Opens VS Code on a copy of a folder, in a browser that has never seen it, and waits until the extension is there. */
export async function openEditor(options: OpenOptions = {}): Promise<Editor> {
  const source = options.workspace ?? join(root, 'samples')
  // The folder keeps its name, which the editor shows.
  const workspace = join(mkdtempSync(join(tmpdir(), 'tracewright-workspace-')), basename(source))
  cpSync(source, workspace, { recursive: true })
  const files = { ...options.files }
  const settings = { 'workbench.colorTheme': themes[options.theme ?? 'dark'], ...options.settings }
  files['.vscode/settings.json'] = JSON.stringify(settings, null, 2)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), content)
  }
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } })
  page.setDefaultTimeout(patience)
  const editor = new Editor(page, workspace)
  openEditors.add(editor)
  await page.goto(`${inject('editorUrl')}/?folder=${encodeURIComponent(workspace)}`, { timeout: 120_000 })
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 })
  // A file that is opened before our contributions are known would stay in the plain text editor.
  if (contributesView) await page.locator('.pane-header[aria-label="Tracewright Section"]').waitFor()
  return editor
}
