/** Two profiles in one view, and the filters, as a person meets them. */
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFolded } from '../../analyzers/pprof/imports/folded.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { launchChromium } from '../../scripts/shared/chromium.ts'
import { root } from '../../scripts/shared/paths.ts'
import { readProfile } from '../../services/profiles/read-profile.ts'
import { openProfilePage, type ProfilePage } from './profile-page.ts'
import { pageThemes, type ViewPageOptions } from './view-page.ts'

let browser: Browser
let cpu: Profile

const folded = (...lines: readonly string[]) => importFolded(`${lines.join('\n')}\n`)
const before = folded(
  'app.main;http.Serve;api.List;db.Query 300',
  'app.main;http.Serve;api.List;json.Encode 200',
  'app.main;http.Serve;api.Get;cache.Lookup 150',
  'app.main;jobs.Run;old.Compress 180',
  'app.main;runtime.gc 70',
)
const after = folded(
  'app.main;http.Serve;api.List;db.Query 520',
  'app.main;http.Serve;api.List;json.Encode 195',
  'app.main;http.Serve;api.Get;cache.Lookup 60',
  'app.main;http.Serve;auth.Check 90',
  'app.main;jobs.Run;zstd.Compress 40',
  'app.main;runtime.gc 71',
)

beforeAll(async () => {
  browser = await launchChromium()
  cpu = await readProfile(join(root, 'samples', 'profiles', 'json-service', 'cpu.pprof'))
})
afterAll(() => browser.close())

async function withComparison(run: (view: ProfilePage) => Promise<void>, options: ViewPageOptions = {}) {
  const view = await openProfilePage(browser, options)
  try {
    await view.serve(after, 'app.folded', before)
    await run(view)
    expect((await view.sent()).filter(({ type }) => type === 'bug')).toEqual([])
  } finally {
    await view.close()
  }
}

describe('a comparison', () => {
  test('names both sides and says what became of the total', () =>
    withComparison(async ({ page }) => {
      await page.getByText('before-app.folded').waitFor()
      const bar = await page.locator('.comparison').innerText()
      expect(bar).toContain('900 → 976, +76 (+8.44%)')
      await page.getByRole('button', { name: 'Swap before and after' }).click()
    }))

  test('says of a frame what it was, what it is, and the change', () =>
    withComparison(async ({ page, graph }) => {
      await graph.focus()
      await page.keyboard.press('Home')
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
      const item = page.locator(`#${await graph.getAttribute('aria-activedescendant')}`)
      expect(await item.textContent()).toBe('db.Query: total 300 before, 520 after, +220 (+24.4%)')
      expect(await page.getByRole('tooltip').innerText()).toMatch(/Before\s+After\s+Change[\s\S]*300\s+520\s+\+220/)
    }))

  test('lists functions by how much they changed, also those that only one side has', () =>
    withComparison(async ({ page }) => {
      await page.keyboard.press('4')
      const rows = () => page.locator('.table-sizer [role="row"]').allInnerTexts()
      const headers = await page.getByRole('columnheader').allInnerTexts()
      expect(headers[0]).toContain('Self Change')
      expect((await rows())[0]).toMatch(/\+220 \(\+24\.4%\)\s+300\s+520[\s\S]*db\.Query/)
      await page.getByRole('columnheader', { name: 'Self Change' }).getByRole('button').click()
      await expect.poll(async () => (await rows())[0]).toMatch(/-180 \(-20.0%\)[\s\S]*old\.Compress/)
      await page.getByRole('button', { name: 'Copy as TSV' }).click()
    }))

  test('is normalised where asked, and asks for that once', () =>
    withComparison(async (view) => {
      await view.page.getByLabel('Normalize').check()
      await view.answer(after, before)
      await expect.poll(() => view.page.locator('.change').innerText()).toMatch(/^900 → 900, 0/)
      await view.page.getByLabel('Normalize').uncheck()
      await expect.poll(() => view.page.locator('.change').innerText()).toMatch(/^900 → 976/)
      const wanted = (await view.sent()).filter(({ type }) => type === 'graph-wanted')
      expect(wanted).toHaveLength(2)
    }))

  test.each(pageThemes)('can be read in the theme %s, from any side', (theme) =>
    withComparison(
      async (view) => {
        const name = theme.replaceAll(' ', '-')
        expect(await view.page.getByRole('img', { name: /^Change as a share/ }).innerText()).toMatch(
          /less[\s\S]*▼ 10%[\s\S]*▲ 10%[\s\S]*more/,
        )
        await view.graph.hover({ position: { x: 100, y: 90 } })
        await view.page.getByRole('tooltip').waitFor()
        await view.screenshot(`comparison-${name}`)
        for (const [key, mode] of [
          ['2', 'bottom-up'],
          ['3', 'sandwich'],
          ['4', 'table'],
        ] as const) {
          await view.page.keyboard.press(key)
          await view.screenshot(`comparison-${name}-${mode}`)
        }
      },
      { theme, size: { width: 1100, height: 420 } },
    ),
  )
})

describe('filters', () => {
  test('are opened with F, asked for when typing rests, kept, and cleared', async () => {
    const view = await openProfilePage(browser)
    await view.serve(cpu, 'cpu.pprof')
    await view.page.keyboard.press('f')
    await view.page.getByLabel('Focus', { exact: true }).waitFor()
    await view.page.keyboard.type('TopK')
    await expect
      .poll(async () => (await view.sent()).at(-1))
      .toMatchObject({ type: 'graph-wanted', query: { filters: { focus: 'TopK' } } })
    await view.answer(cpu)
    await view.page.getByText(/of all samples’ value/).waitFor()
    await view.screenshot('filters')
    expect(await view.state()).toMatchObject({ showsFilters: true, filters: { focus: 'TopK' } })
    await view.page.getByRole('button', { name: 'Filters, 1 in use' }).waitFor()
    await view.page.getByRole('button', { name: 'Clear Filters' }).click()
    await expect.poll(() => view.page.getByLabel('Focus', { exact: true }).inputValue()).toBe('')
    await view.close()
  })

  test('that are no expressions, or leave nothing, say so and lose nothing', async () => {
    const view = await openProfilePage(browser)
    await view.serve(cpu, 'cpu.pprof')
    await view.page.keyboard.press('f')
    await view.page.getByLabel('Ignore', { exact: true }).fill('(')
    await view.page.keyboard.press('Enter')
    await view.answer(cpu)
    await view.page.getByText('is not a regular expression').waitFor()
    expect(await view.graph.isVisible()).toBe(true)
    await view.page.getByLabel('Ignore', { exact: true }).fill('.')
    await view.page.keyboard.press('Enter')
    await view.answer(cpu)
    await view.page.getByText('No sample passes the filters').waitFor()
    await view.screenshot('filters-nothing')
    await view.page.getByRole('button', { name: 'Clear Filters' }).last().click()
    await view.graph.waitFor()
    await view.close()
  })

  test('come from the menu of a frame, and exports say what is shown', async () => {
    const view = await openProfilePage(browser)
    await view.serve(cpu, 'cpu.pprof')
    await view.graph.focus()
    await view.page.keyboard.press('Home')
    await view.page.keyboard.press('ArrowDown')
    await view.send({ type: 'frame-action', action: 'ignore' })
    await expect
      .poll(async () => (await view.sent()).at(-1))
      .toMatchObject({ query: { filters: { ignore: '^net/http\\.\\(\\*conn\\)\\.serve$' } } })
    await view.page.getByRole('button', { name: 'Export…' }).click()
    expect((await view.sent()).at(-1)).toMatchObject({ type: 'export', inverted: false })
    await view.close()
  })
})

test.each([400, 700])('everything fits into %i pixels', async (width) => {
  const view = await openProfilePage(browser, { size: { width, height: 520 } })
  await view.serve(cpu, 'cpu.pprof')
  await view.page.keyboard.press('f')
  await view.screenshot(`narrow-${width}`)
  const beyond = await view.page.evaluate(() => {
    const reach = (each: Element) => each.getBoundingClientRect().right
    return [...document.querySelectorAll('.toolbar *, .filters *')].filter((each) => reach(each) > innerWidth + 1)
      .length
  })
  expect(beyond).toBe(0)
  await view.page.keyboard.press('Escape')
  await view.page.keyboard.press('Escape')
  await view.page.getByRole('tab', { name: 'Table' }).click()
  const name = await view.page.locator('.table-sizer .cell-name').first().boundingBox()
  expect((name?.x ?? 0) + (name?.width ?? width)).toBeLessThanOrEqual(width)
  expect(name?.width).toBeGreaterThan(100)
  await view.screenshot(`narrow-${width}-table`)
  await view.close()
})
