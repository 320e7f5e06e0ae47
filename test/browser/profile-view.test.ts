import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { launchChromium } from '../../scripts/shared/chromium.ts'
import { root } from '../../scripts/shared/paths.ts'
import { readProfile } from '../../services/profiles/read-profile.ts'
import { openProfilePage, type ProfilePage, summaryOf } from './profile-page.ts'
import { pageThemes, type ViewPageOptions } from './view-page.ts'

let browser: Browser
let cpu: Profile
let heap: Profile

const sample = (name: string) => readProfile(join(root, 'samples', 'profiles', name))

beforeAll(async () => {
  browser = await launchChromium()
  cpu = await sample('json-service/cpu.pprof')
  heap = await sample('json-service/heap.pprof')
})
afterAll(() => browser.close())

/** Opens a page on a profile, hands it over, and closes it. */
async function withProfile(profile: Profile, run: (view: ProfilePage) => Promise<void>, options: ViewPageOptions = {}) {
  const view = await openProfilePage(browser, options)
  const complaints: string[] = []
  view.page.on('pageerror', (error) => complaints.push(error.message))
  view.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  try {
    await view.serve(profile, 'cpu.pprof')
    await run(view)
    expect(complaints).toEqual([])
    expect((await view.sent()).filter(({ type }) => type === 'bug')).toEqual([])
  } finally {
    await view.close()
  }
}

describe('with the keyboard alone', () => {
  test('Tab reaches search, sample type and the graph; the focused frame is said', () =>
    withProfile(cpu, async ({ page, graph }) => {
      const reached = new Set<string>()
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press('Tab')
        reached.add(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''))
      }
      expect([...reached]).toEqual(expect.arrayContaining(['Top-down', 'Sample type', 'Search', 'Flame graph']))
      await graph.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowDown')
      const item = page.locator(`#${await graph.getAttribute('aria-activedescendant')}`)
      expect(await item.textContent()).toBe('net/http.(*conn).serve: self 20 ms, 0.35%; total 4.76 s, 84.4%')
      expect(await item.getAttribute('aria-level')).toBe('2')
    }))

  test('Enter zooms, Escape goes back step by step', () =>
    withProfile(cpu, async ({ page, graph, search, state }) => {
      const view = { state: state.bind({ page }) }
      await graph.focus()
      await page.keyboard.press('Home')
      for (let row = 0; row < 6; row++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('navigation').waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('sort')
      await page.getByRole('button', { name: 'Next match' }).waitFor()
      await page.keyboard.press('Escape')
      expect(await search.inputValue()).toBe('')
      await page.getByRole('navigation').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('navigation').waitFor({ state: 'hidden' })
      await page.keyboard.press('Escape')
      await expect.poll(() => graph.getAttribute('aria-activedescendant')).toBeNull()
      expect(view).toBeDefined()
    }))

  test('the views are one key away each, the table is walked with arrows and opens a function', () =>
    withProfile(cpu, async ({ page }) => {
      await page.keyboard.press('4')
      const grid = page.getByRole('grid', { name: 'Table' })
      await grid.focus()
      await page.keyboard.press('ArrowDown')
      await expect.poll(() => page.locator('[aria-selected="true"][role="row"]').innerText()).toContain('store.TopK')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: /^Callers of .*TopK/ }).waitFor()
    }))
})

describe('what is asked of the extension', () => {
  test('names, stacks and tables are copied, sources opened', () =>
    withProfile(cpu, async (view) => {
      const { page, graph } = view
      await graph.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Control+c')
      await page.keyboard.press('s')
      await page.keyboard.press('o')
      await page.keyboard.press('4')
      await page.getByRole('button', { name: 'Copy as TSV' }).click()
      await page.getByRole('button', { name: 'Copy as Markdown' }).click()
      const sent = await view.sent()
      const copied = sent.flatMap((message) => (message.type === 'copy' ? [message.text] : []))
      expect(copied[0]).toBe('net/http.serverHandler.ServeHTTP')
      expect(copied[1]).toBe('net/http.serverHandler.ServeHTTP\nnet/http.(*conn).serve')
      expect(copied[2]).toContain('1090000000\t')
      expect(copied[3]).toContain('| 1.09 s | 19.3% | 1.23 s | 21.8% | `example.com/acme/orders/store.visit` |')
      expect(sent.at(-3)).toMatchObject({ type: 'open-source', line: expect.any(Number), beside: false })
    }))

  test('another sample type is asked for once, and colours stay', () =>
    withProfile(heap, async (view) => {
      const legend = () => view.page.locator('.chip-name').allInnerTexts()
      const before = await legend()
      await view.page.getByLabel('Sample type').selectOption('alloc_objects')
      await view.answer(heap)
      await expect.poll(() => view.page.locator('.total').innerText()).toBe('10,531,044')
      expect((await legend()).slice(0, 3)).toEqual(before.slice(0, 3))
      await view.page.getByLabel('Sample type').selectOption('inuse_space')
      const wanted = (await view.sent()).filter(({ type }) => type === 'graph-wanted')
      expect(wanted).toHaveLength(2)
    }))
})

describe('what is saved', () => {
  test('is there again after a reload: view, search, zoom', async () => {
    let saved: unknown
    await withProfile(cpu, async (view) => {
      await view.search.fill('sort')
      await view.graph.click({ position: { x: 100, y: 6 * 20 + 10 } })
      await expect.poll(async () => (await view.state()).zoomed).toBeGreaterThan(0)
      saved = await view.state()
    })
    await withProfile(
      cpu,
      async (view) => {
        expect(await view.search.inputValue()).toBe('sort')
        await view.page.getByRole('navigation').waitFor()
        await expect.poll(() => view.state()).toMatchObject({ ...(saved as object) })
      },
      { state: saved },
    )
  })

  test('by another version, or damaged, does no harm', () =>
    withProfile(cpu, async ({ graph }) => graph.waitFor(), {
      state: {
        mode: 'spiral',
        viewport: { left: 'x', span: -3 },
        focused: 1e9,
        zoomed: null,
        sampleIndex: 99,
        sorting: 7,
      },
    }))
})

describe('states', () => {
  test('loading shows progress and can be cancelled; failing says why and offers the next step', async () => {
    const view = await openProfilePage(browser)
    await view.greet()
    await view.send({ type: 'loading', name: 'big.pprof', step: 'read', doneBytes: 2 ** 20, totalBytes: 2 ** 22 })
    await view.page.getByText('Reading 1 MB / 4 MB').waitFor()
    await view.screenshot('loading')
    await view.page.getByRole('button', { name: 'Cancel' }).click()
    await view.send({
      type: 'failed',
      failure: { title: 'It broke', message: 'Because.', hint: 'Mend it.', canRetry: true, canOpenAsText: true },
    })
    await view.page.getByRole('button', { name: 'Retry' }).click()
    expect((await view.sent()).map(({ type }) => type)).toEqual(['ready', 'cancel', 'retry'])
    await view.close()
  })

  test('a profile without samples, and one with notes of the importer', async () => {
    const view = await openProfilePage(browser)
    await view.greet()
    await view.send({ type: 'profile', profile: { ...summaryOf(cpu, 'empty.pprof'), sampleCount: 0 } })
    await view.page.getByText('This profile has no samples').waitFor()
    await view.screenshot('empty')
    const warnings = ['3 of 900 samples were cut off', '<img src=x onerror=alert(1)>']
    await view.send({ type: 'profile', profile: { ...summaryOf(cpu, 'partial.pprof'), warnings } })
    await view.answer(cpu)
    await view.page.getByText('<img src=x onerror=alert(1)>').waitFor()
    await view.screenshot('partial')
    await view.close()
  })
})

describe.each(pageThemes)('in the theme %s', (theme) => {
  test.each([1, 2])('at pixel ratio %i', (pixelRatio) =>
    withProfile(
      cpu,
      async (view) => {
        const name = theme.replaceAll(' ', '-')
        await view.graph.hover({ position: { x: 100, y: 6 * 20 + 10 } })
        await view.page.getByRole('tooltip').waitFor()
        await view.screenshot(`${name}-${pixelRatio}x`)
        if (pixelRatio > 1) return
        await view.search.fill('^fmt\\.')
        await view.page.getByRole('button', { name: 'Next match' }).click()
        await view.screenshot(`${name}-search`)
        await view.page.keyboard.press('Escape')
        await view.page.getByRole('tab', { name: 'Table' }).click()
        await view.screenshot(`${name}-table`)
        await view.page.getByRole('button', { name: 'Keys and gestures' }).click()
        await view.screenshot(`${name}-help`)
      },
      { theme, pixelRatio },
    ),
  )
})
