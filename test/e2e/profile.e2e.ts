import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { dist } from '../../scripts/shared/paths.ts'
import { type Editor, openEditor, type Theme, themes } from './driver.ts'

let editor: Editor
beforeAll(async () => {
  editor = await openEditor()
})
afterAll(() => editor.close())

const graph = (): Locator => editor.webview().getByLabel('Flame graph')
const search = (): Locator => editor.webview().getByLabel('Search')
const sampleType = (): Locator => editor.webview().getByLabel('Sample type')

/** Clicks a point of the graph, given in rows from its root and as a share of its width. */
async function clickFrame(row: number, share: number): Promise<void> {
  const box = await graph().boundingBox()
  if (box === null) throw new Error('the graph is not on the screen')
  await editor.page.mouse.click(box.x + box.width * share, box.y + row * 20 + 10)
}

/** How many different colours a picture of the graph has, and a number that stands for all its pixels. */
function pixels(): Promise<{ colors: number; sum: number }> {
  return graph().evaluate((canvas: HTMLCanvasElement) => {
    const pen = canvas.getContext('2d')
    const { data } = pen?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    const seen = new Set<number>()
    let sum = 0
    for (let at = 0; at < data.length; at += 4) {
      const color = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)
      seen.add(color)
      sum = (Math.imul(sum, 31) + color) | 0
    }
    return { colors: seen.size, sum }
  })
}

/** Waits until the picture stands still, and returns it. */
async function settled(): Promise<number> {
  let last = (await pixels()).sum
  await expect
    .poll(async () => {
      const { sum } = await pixels()
      const isSame = sum === last
      last = sum
      return isSame
    })
    .toBe(true)
  return last
}

describe('the Tracewright view', () => {
  test('lists the profiles of the workspace; a click opens one', async () => {
    await editor.section('Tracewright')
    const profile = editor.treeItem(/^cpu\.pb\.gz/)
    await profile.waitFor()
    await editor.screenshot('explorer-dark')
    await profile.click()
    await graph().waitFor()
    await editor.tab('cpu.pb.gz').waitFor()
    await editor.screenshot('profile-c-program')
    await editor.page.keyboard.press('Control+W')
    await editor.tab('cpu.pb.gz').waitFor({ state: 'detached' })
  })
})

describe('a profile', () => {
  test('opens as a flame graph by its name', async () => {
    await editor.openFile('json-service/cpu.pprof')
    await graph().waitFor()
    await expect.poll(async () => (await pixels()).colors).toBeGreaterThan(8)
    await editor.screenshot('profile-dark')
  })

  test('zooms into the frame that is clicked and back with Escape', async () => {
    const whole = await settled()
    await clickFrame(6, 0.1)
    await expect.poll(async () => (await pixels()).sum).not.toBe(whole)
    await editor.webview().getByRole('navigation').waitFor()
    await editor.screenshot('profile-zoomed')
    await editor.page.keyboard.press('Escape')
    await editor.page.keyboard.press('Escape')
    await editor.webview().getByRole('navigation').waitFor({ state: 'hidden' })
  })

  test('zooms with the wheel', async () => {
    const before = await settled()
    const box = await graph().boundingBox()
    await editor.page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 100)
    await editor.page.mouse.wheel(0, -400)
    await expect.poll(async () => (await pixels()).sum).not.toBe(before)
    await editor.webview().getByRole('button', { name: 'Show all' }).click()
  })

  test('says what a frame is when the pointer is on it', async () => {
    const box = await graph().boundingBox()
    await editor.page.mouse.move((box?.x ?? 0) + 80, (box?.y ?? 0) + 6 * 20 + 10)
    const tooltip = editor.webview().getByRole('tooltip')
    await tooltip.waitFor()
    expect(await tooltip.innerText()).toMatch(/TopK[\s\S]*Self[\s\S]*%[\s\S]*raw/)
    await editor.screenshot('profile-tooltip')
  })

  test('finds functions by a regular expression and walks through them', async () => {
    await editor.page.mouse.move(5, 5)
    await search().fill('^fmt\\.')
    const found = editor.webview().getByRole('status').first()
    await expect.poll(() => found.innerText()).toMatch(/^\d+ · [\d.]+%$/)
    await editor.screenshot('profile-search')
    await search().press('Enter')
    await expect.poll(() => graph().getAttribute('aria-activedescendant')).toBeTruthy()
    await search().fill('(*decodeState).')
    await expect.poll(() => found.getAttribute('title')).toContain('plain text')
    await search().press('Escape')
    await expect.poll(() => search().inputValue()).toBe('')
  })

  test('is walked over with the arrow keys', async () => {
    await graph().focus()
    await editor.page.keyboard.press('Home')
    await editor.page.keyboard.press('ArrowDown')
    await editor.page.keyboard.press('ArrowDown')
    await expect.poll(() => graph().textContent()).toMatch(/ServeHTTP: self .*; total/)
    await editor.screenshot('profile-keys')
    await editor.page.keyboard.press('Enter')
    await editor.page.keyboard.press('Escape')
    await editor.page.keyboard.press('Escape')
  })

  test('shows another sample type', async () => {
    const before = await settled()
    await sampleType().selectOption('samples')
    await expect.poll(async () => (await pixels()).sum).not.toBe(before)
    await editor.webview().getByText('564', { exact: true }).waitFor()
    await sampleType().selectOption('cpu')
  })

  test('is read from the leaves, by function, and as a table', async () => {
    for (const [tab, name] of [
      ['Bottom-up', 'bottom-up'],
      ['Callers and callees', 'sandwich'],
      ['Table', 'table'],
    ] as const) {
      await editor.webview().getByRole('tab', { name: tab }).click()
      await editor.page.waitForTimeout(300)
      await editor.screenshot(`profile-${name}`)
    }
    const first = editor.webview().getByRole('row').nth(1)
    expect(await first.innerText()).toContain('store.visit')
    await editor.webview().getByRole('tab', { name: 'Top-down' }).click()
  })

  test('keeps zoom and search while it is hidden', async () => {
    await clickFrame(6, 0.1)
    await editor.webview().getByRole('navigation').waitFor()
    await search().fill('sort')
    // A frame under the pointer is outlined, and a view that comes back does not know where the pointer is.
    await editor.page.mouse.move(5, 5)
    await editor.page.waitForTimeout(500)
    const before = await settled()
    await editor.openFile('README.md')
    await editor.openFile('json-service/cpu.pprof')
    await graph().waitFor()
    await expect.poll(() => search().inputValue()).toBe('sort')
    await expect.poll(async () => (await pixels()).sum).toBe(before)
    await search().press('Escape')
    await graph().focus()
    await editor.page.keyboard.press('Escape')
  })

  test('offers what one does with a frame in its context menu', async () => {
    const box = await graph().boundingBox()
    await editor.page.mouse.click((box?.x ?? 0) + 80, (box?.y ?? 0) + 6 * 20 + 10, { button: 'right' })
    await editor.page.locator('.monaco-menu').waitFor()
    await editor.screenshot('profile-menu')
    await editor.menu('Show Callers and Callees')
    await editor
      .webview()
      .getByRole('heading', { name: /^Callers of .*TopK/ })
      .waitFor()
    await editor.webview().getByRole('tab', { name: 'Top-down' }).click()
  })

  test.each(Object.keys(themes) as Theme[])('follows the theme: %s', async (theme) => {
    await editor.theme(theme)
    await editor.page.mouse.move(5, 5)
    await settled()
    await expect.poll(async () => (await pixels()).colors).toBeGreaterThan(3)
    await editor.screenshot(`profile-${theme.replaceAll(' ', '-')}`)
  })
})

describe('the store', () => {
  test('shows at once what an agent or the command line has stored; a click opens it under its name', async () => {
    const home = join(inject('editorProfile'), 'home', '.local', 'share', 'tracewright')
    const stored = join(editor.workspace, 'profiles', 'json-service')
    const input = JSON.stringify({ path: stored, service: 'shop', env: 'production' })
    const options = { env: { ...process.env, TRACEWRIGHT_HOME: home } }
    await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), 'call', 'profiles.import', input], options)
    await editor.section('Tracewright')
    await editor.treeItem('Workspace').waitFor()
    await editor.treeItem('Workspace').click()
    const bundle = editor.treeItem(/^shop/)
    await bundle.waitFor()
    await bundle.click()
    await editor.treeItem(/^allocs, /).waitFor()
    await editor.screenshot('explorer-store')
    await editor.treeItem(/^allocs, /).click()
    await editor.tab('allocs.pprof').waitFor()
    await graph().waitFor()
    await editor.screenshot('profile-allocs')
  })

  test('compares two of its profiles that are selected', async () => {
    await editor.treeItem(/^heap, /).click({ modifiers: ['Control'] })
    await editor.treeItem(/^heap, /).click({ button: 'right' })
    await editor.menu('Compare Selected Profiles')
    await editor.tab(/(allocs|heap)\.pprof → (allocs|heap)\.pprof/).waitFor()
    await editor.webview().getByText('Normalize').waitFor()
    await graph().waitFor()
    await editor.screenshot('comparison-store')
  })
})

describe('what is no profile', () => {
  test('is said plainly, with a way out', async () => {
    const { writeFileSync } = await import('node:fs')
    writeFileSync(`${editor.workspace}/broken.pprof`, 'this is no profile\n')
    await editor.theme('dark')
    await editor.openFile('broken.pprof')
    await editor.webview().getByRole('alert').waitFor()
    await editor.webview().getByRole('button', { name: 'Retry' }).waitFor()
    await editor.screenshot('profile-broken')
    await editor.webview().getByRole('button', { name: 'Open in Text Editor' }).click()
    await editor.page.locator('.monaco-editor .view-line').filter({ hasText: 'this' }).waitFor()
  })
})

test('nothing has complained', () => {
  expect(editor.consoleErrors).toEqual([])
})
