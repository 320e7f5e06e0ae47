/** The form of templates as it is built, with the real engine behind it: keyboard alone, names, themes, narrow and wide. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { previewTemplate } from '../../analyzers/bpftrace/preview.ts'
import { describeTemplate } from '../../analyzers/bpftrace/templates/describe.ts'
import { parameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'
import { requireTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { templates } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { launchChromium } from '../../scripts/shared/chromium.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { type FromTemplates, type ToTemplates, templateTexts } from '../../webviews/protocol/templates.ts'
import { openViewPage, pageThemes, type ViewPage, type ViewPageOptions } from './view-page.ts'

type Form = ViewPage<FromTemplates, ToTemplates>

interface FormOptions extends ViewPageOptions {
  readonly version?: string
  readonly destination?: string | null
  readonly given?: Extract<ToTemplates, { type: 'templates' }>['given']
}

const kernel = await createKernelFacts({ source: 'snapshot' })
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** What the extension and the language server would answer. */
async function answer(message: FromTemplates, form: Form, options: FormOptions): Promise<void> {
  const target = { bpftrace: requireVersion(options.version ?? '0.27'), kernel }
  switch (message.type) {
    case 'ready':
      await form.send({ type: 'texts', locale: 'en', texts: templateTexts })
      await form.send({ type: 'destination', name: options.destination ?? null })
      await form.send({ type: 'templates', templates: templates.map(describeTemplate), given: options.given ?? null })
      return
    case 'preview-wanted':
    case 'use':
      await form.send({ type: 'preview', id: message.id, answer: previewTemplate(message.choice, target) })
      return
    case 'values-wanted': {
      const { id, template, parameter, text, parameters } = message
      const values = parameterValues(requireTemplate(template), parameter, text, parameters, target)
      await form.send({ type: 'values', id, values })
      return
    }
  }
}

async function withForm(run: (form: Form) => Promise<void>, options: FormOptions = {}): Promise<void> {
  const form = await openViewPage<FromTemplates, ToTemplates>(
    browser,
    'templates',
    (message, view) => answer(message, view, options),
    options,
  )
  try {
    await listed(form).first().waitFor()
    await run(form)
    expect(form.complaints).toEqual([])
    expect((await form.sent()).filter(({ type }) => type === 'bug')).toEqual([])
  } finally {
    await form.close()
  }
}

const listed = ({ page }: Form) => page.getByRole('listbox', { name: 'Templates' }).getByRole('option')
const program = ({ page }: Form) => page.getByRole('region', { name: 'Program' })
const used = async (form: Form) => (await form.sent()).findLast((message) => message.type === 'use')

describe('with the keyboard alone', () => {
  test('search, choose, fill, insert', () =>
    withForm(
      async (form) => {
        const { page } = form
        const { keyboard } = page
        // The search box has the focus from the start.
        await keyboard.type('time off cpu')
        const search = page.getByRole('combobox', { name: 'Search templates' })
        await expect.poll(() => search.getAttribute('aria-activedescendant')).toBe('template-off-cpu')
        await keyboard.press('Enter')
        await page.getByRole('heading', { name: 'Where do threads wait, and for how long?' }).waitFor()
        const field = () => page.evaluate(() => document.activeElement?.id)
        expect(await field()).toBe('field-tid')
        await keyboard.type('1234')
        await keyboard.press('Tab')
        await keyboard.type('nginx')
        await expect.poll(() => program(form).innerText()).toContain('args.prev_pid == 1234')
        expect(await program(form).innerText()).toContain('"nginx"')
        await keyboard.press('Enter')
        await expect
          .poll(() => used(form))
          .toMatchObject({
            action: 'insert',
            choice: { template: 'off-cpu', parameters: { tid: '1234', comm: 'nginx' } },
          })
        await keyboard.press('Escape')
        await expect.poll(field).toBe('search')
        await keyboard.press('Escape')
        await expect.poll(() => search.inputValue()).toBe('')
      },
      { destination: 'script.bt' },
    ))

  test('Tab reaches every control in the order in which they are read', () =>
    withForm(
      async ({ page }) => {
        const reached: string[] = []
        for (let presses = 0; presses < 40; presses++) {
          const name = await page.evaluate(() => {
            const focused = document.activeElement
            const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : undefined
            return focused?.getAttribute('aria-label') ?? label ?? focused?.textContent?.trim() ?? ''
          })
          reached.push(name)
          if (name === 'Copy') break
          await page.keyboard.press('Tab')
        }
        const expected = [
          'Search templates',
          'Category',
          'Templates',
          'tid',
          'comm',
          'threshold',
          'threshold: Unit',
          'depth',
        ]
        expect(reached.filter((name) => expected.includes(name))).toEqual(expected)
        const last = [
          'Filter all probes',
          'Print a line at the end',
          'Change…',
          'Program',
          'Insert at Cursor',
          'Open as New File',
          'Copy',
        ]
        expect(reached.filter((name) => last.includes(name))).toEqual(last)
      },
      { destination: 'script.bt', state: { template: 'off-cpu' } },
    ))

  test('a template without fields leads on to the options', () =>
    withForm(async ({ page }) => {
      await page.keyboard.type('oom')
      await page.getByRole('heading', { name: 'Whom does the kernel kill' }).waitFor()
      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('option-filter')
      expect(await page.getByRole('heading', { name: 'Parameters' }).count()).toBe(0)
    }))

  test('suggestions are walked with arrows, taken with Enter, closed with Escape', () =>
    withForm(
      async (form) => {
        const { page } = form
        const { keyboard } = page
        const field = page.getByRole('combobox', { name: 'function' })
        await field.fill('tcp_sendm')
        const list = page.getByRole('listbox', { name: 'Suggestions for function' })
        await list.waitFor()
        expect(await field.getAttribute('aria-expanded')).toBe('true')
        await form.screenshot('templates-suggestions-dark')
        await keyboard.press('ArrowDown')
        const active = await field.getAttribute('aria-activedescendant')
        expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true')
        await keyboard.press('Enter')
        expect(await field.inputValue()).toBe('tcp_sendmsg')
        await list.waitFor({ state: 'hidden' })
        await expect.poll(() => program(form).innerText()).toContain('kprobe:tcp_sendmsg')
        await keyboard.press('ArrowDown')
        await field.fill('tcp_send')
        await list.waitFor()
        await keyboard.press('Escape')
        await list.waitFor({ state: 'hidden' })
        // The first Escape was the list's.
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-function')
      },
      { given: { template: 'kernel-function-latency', parameters: {} } },
    ))
})

describe('what is wrong', () => {
  test('is said beside its field, to everyone; the last good program stays and says so', () =>
    withForm(
      async (form) => {
        const { page } = form
        await program(form).getByText('sched_switch').first().waitFor()
        const field = page.getByRole('textbox', { name: 'tid' })
        await field.fill('all')
        const message = page.getByRole('alert').filter({ hasText: 'whole number' })
        await message.waitFor()
        expect(await message.innerText()).toBe('tid must be a whole number from 1 to 4194304.')
        expect(await field.getAttribute('aria-invalid')).toBe('true')
        const described = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
        expect(described).toContain(await message.getAttribute('id'))
        await page.getByText('The last program that could be written').waitFor()
        await page.getByRole('button', { name: 'Open as New File' }).click()
        await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-tid')
        await form.screenshot('templates-invalid-dark')
        await field.fill('7')
        await message.waitFor({ state: 'hidden' })
        expect(await field.getAttribute('aria-invalid')).toBeNull()
      },
      { given: { template: 'off-cpu', parameters: {} } },
    ))

  test('a filter that is no condition is said at the filter', () =>
    withForm(async ({ page }) => {
      await page.getByRole('checkbox', { name: 'Filter all probes' }).check()
      await page.getByRole('textbox', { name: 'Filter all probes' }).fill('pid ==')
      await page
        .locator('[data-option="filter"]')
        .getByRole('alert')
        .filter({ hasText: 'cannot be a condition' })
        .waitFor()
    }))

  test('a search without a result says what to do, and a button does it', () =>
    withForm(async (form) => {
      await form.page.getByRole('combobox', { name: 'Search templates' }).fill('xyzzy')
      await form.page.getByText('No template matches “xyzzy”.').waitFor()
      await form.screenshot('templates-none-dark')
      await form.page.getByRole('button', { name: 'Show All Templates' }).click()
      await expect.poll(() => listed(form).count()).toBe(templates.length)
    }))

  test('a template that the version cannot have says which one can', () =>
    withForm(
      async ({ page }) => {
        await page.getByRole('alert').filter({ hasText: 'needs bpftrace 0.24' }).waitFor()
      },
      { version: '0.17', given: { template: 'time-series', parameters: {} } },
    ))
})

describe('what is shown', () => {
  test('verdict, estimate, notes and target', () =>
    withForm(
      async (form) => {
        const preview = form.page.getByRole('region', { name: 'Preview' })
        await preview.getByText(/^(Safe|Caution|Dangerous)$/).waitFor()
        const text = await preview.innerText()
        expect(text).toMatch(/For bpftrace 0\.17\.0, bundled kernel 6\.\d+/)
        expect(text).toMatch(/Events\s+[\d.]+K?\/s/)
        expect(text).toContain('Map memory')
        expect(text).toContain('Written as bpftrace 0.17.0 has it.')
      },
      { version: '0.17', given: { template: 'file-opens', parameters: {} } },
    ))

  test('options change the whole program', () =>
    withForm(
      async (form) => {
        const { page } = form
        await page.getByRole('checkbox', { name: 'Filter all probes' }).check()
        await page.keyboard.type('uid == 0')
        await page.getByRole('checkbox', { name: 'Print a line at the end' }).check()
        await page.keyboard.type('Done')
        await expect.poll(() => program(form).innerText()).toContain('uid == 0')
        await expect.poll(() => program(form).innerText()).toContain('printf("Done\\n")')
        await expect.poll(() => program(form).innerText()).toContain('interval:s:5')
      },
      { given: { template: 'page-faults', parameters: { duration: '5s' } } },
    ))

  test('is there again after a reload', async () => {
    let saved: unknown
    await withForm(async (form) => {
      const { page } = form
      await page.getByRole('combobox', { name: 'Search templates' }).fill('dns')
      await page.getByRole('textbox', { name: 'pid' }).fill('42')
      await expect.poll(() => program(form).innerText()).toContain('pid == 42')
      saved = await form.state()
    })
    await withForm(
      async (form) => {
        const { page } = form
        expect(await page.getByRole('combobox', { name: 'Search templates' }).inputValue()).toBe('dns')
        expect(await page.getByRole('textbox', { name: 'pid' }).inputValue()).toBe('42')
        await expect.poll(() => program(form).innerText()).toContain('pid == 42')
      },
      { state: saved },
    )
  })
})

/** WCAG's ratio, computed from what the browser paints. */
async function contrasts({ page }: Form): Promise<[string, number][]> {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    const paint = (colors: readonly string[]): number => {
      if (context === null) return 0
      context.clearRect(0, 0, 1, 1)
      for (const color of colors) {
        context.fillStyle = color
        context.fillRect(0, 0, 1, 1)
      }
      const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
        const share = value / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const backgrounds = (from: Element | null): string[] => {
      const found: string[] = []
      for (let each = from; each !== null; each = each.parentElement)
        found.unshift(getComputedStyle(each).backgroundColor)
      return found
    }
    const texts = [
      ...document.querySelectorAll(
        '.program span, .muted, .stale, .about code, .help-text, .heading, .option .name, .figures dt, .button, .link, .label, .problem',
      ),
    ]
    return texts
      .filter(
        (each) =>
          each instanceof HTMLElement && each.offsetParent !== null && each.getAttribute('aria-disabled') !== 'true',
      )
      .map((each): [string, number] => {
        const under = backgrounds(each)
        const [one, two] = [paint(under), paint([...under, getComputedStyle(each).color])]
        return [each.className || each.tagName, (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)]
      })
  })
}

describe.each(pageThemes)('theme %s', (theme) => {
  test('text can be read: contrast of at least 4.5', () =>
    withForm(
      async (form) => {
        await program(form).getByText('exit').first().waitFor()
        const poor = (await contrasts(form)).filter(([, ratio]) => ratio < 4.5)
        expect([...new Set(poor.map(([name, ratio]) => `${name} ${ratio.toFixed(1)}`))]).toEqual([])
        await form.screenshot(`templates-${theme.replaceAll(' ', '-')}`)
      },
      {
        theme,
        destination: 'script.bt',
        given: { template: 'off-cpu', parameters: { duration: '10s', comm: 'nginx' } },
      },
    ))
})

test.each([400, 700, 1200])('nothing is cut off or lies over something at %d pixels', (width) =>
  withForm(
    async (form) => {
      await program(form).getByText('exit').first().waitFor()
      await form.screenshot(`templates-${width}`)
      const beyond = await form.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, input, select, label, h1, h2, .help-text, .figures > div')]
          .filter((each) => each.offsetParent !== null)
          .filter((each) => {
            const { right, left } = each.getBoundingClientRect()
            return (
              right > innerWidth + 0.5 ||
              left < -0.5 ||
              (each instanceof HTMLButtonElement && each.scrollWidth > each.clientWidth)
            )
          })
          .map((each) => each.outerHTML.slice(0, 80)),
      )
      expect(beyond).toEqual([])
    },
    {
      size: { width, height: 800 },
      theme: 'light',
      given: { template: 'latency-between', parameters: { duration: '10s' } },
    },
  ),
)
