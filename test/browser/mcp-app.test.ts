import { join } from 'node:path'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readView, viewUri } from '../../mcp-server/resources/views.ts'
import { launchChromium } from '../../scripts/shared/chromium.ts'
import { artifacts, root } from '../../scripts/shared/paths.ts'
import { callTool } from '../../tools/call-tool.ts'
import { createContext } from '../../tools/create-context.ts'
import { findTool } from '../../tools/registry.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const html = readView(viewUri('flame-graph')) ?? ''

/** What the tool answers, as a host hands it to the view. */
async function flameGraphOf(profile: string, format: string, base?: string): Promise<object> {
  const tool = findTool('pprof.flamegraph')
  if (tool === undefined) throw new Error('there is no tool pprof.flamegraph')
  const file = (name: string) => join(root, 'samples', 'profiles', name)
  const input = { profile: file(profile), format, ...(base !== undefined && { diff_base: file(base) }) }
  const options = { signal: new AbortController().signal, progress: () => undefined }
  const { result, text } = await callTool(createContext(), tool, input, options)
  return { content: [{ type: 'text', text }], structuredContent: result }
}

/** Runs in the page: the host's side of MCP Apps, as far as the view needs it. */
function host({ html, result, theme }: { html: string; result: object; theme: string }): void {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  Object.assign(frame.style, { width: '100%', height: '500px', border: '0' })
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
  frame.srcdoc = html.replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`)
  const seen: unknown[] = []
  Object.assign(window, { seen })
  const send = (message: object) => frame.contentWindow?.postMessage({ jsonrpc: '2.0', ...message }, '*')
  window.addEventListener('message', ({ data }) => {
    seen.push(data)
    if (data.method === 'ui/initialize') {
      const hostContext = { theme, locale: 'en' }
      send({ id: data.id, result: { protocolVersion: '2026-01-26', hostCapabilities: {}, hostInfo: {}, hostContext } })
    }
    if (data.method === 'ui/notifications/initialized') {
      send({ method: 'ui/notifications/tool-result', params: result })
    }
  })
  document.body.append(frame)
}

async function open(result: object, theme: string): Promise<{ page: Page; view: Frame; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 900, height: 520 } })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.setContent('<body></body>')
  await page.evaluate(host, { html, result, theme })
  await expect.poll(() => page.frames().length).toBe(2)
  const view = page.frames()[1]
  if (view === undefined) throw new Error('the view has no frame')
  return { page, view, complaints }
}

test('the page is complete: it names no other file', () => {
  expect(html).toMatch(/^<!DOCTYPE html>/)
  expect(html).not.toMatch(/(?:src|href)="/)
  expect(html).not.toMatch(/url\((?!data:)/)
  expect(html).not.toContain('sourceMappingURL')
})

test.each(['light', 'dark'])("it shows the tool's result and nothing else is asked of the host (%s)", async (theme) => {
  const { page, view, complaints } = await open(await flameGraphOf('json-service/cpu.pprof', 'interactive'), theme)
  await view.getByLabel('Flame graph').waitFor()
  await view.getByLabel('Search').fill('^fmt')
  await expect.poll(() => view.locator('.found').innerText()).toMatch(/^\d+ · /)
  await page.screenshot({ path: join(artifacts, 'browser', `mcp-app-${theme}.png`) })
  const asked: { method?: string }[] = await page.evaluate(() => Reflect.get(window, 'seen'))
  const methods = ['ui/initialize', 'ui/notifications/size-changed', 'ui/notifications/initialized']
  expect(asked.map(({ method }) => method).toSorted()).toEqual(methods.toSorted())
  expect(complaints).toEqual([])
  await page.close()
})

test('a difference shows before, after and change, and offers nothing that nobody would do', async () => {
  const result = await flameGraphOf('price-change/after.pprof', 'interactive', 'price-change/before.pprof')
  const { page, view, complaints } = await open(result, 'dark')
  await view.getByLabel('Flame graph').waitFor()
  await expect.poll(() => view.locator('.comparison').innerText()).toMatch(/4\.33 s → 8\.82 s, \+4\.49 s/)
  expect(await view.getByRole('button', { name: /Swap|Export|Filters/ }).count()).toBe(0)
  await page.screenshot({ path: join(artifacts, 'browser', 'mcp-app-comparison.png') })
  expect(complaints).toEqual([])
  await page.close()
})

test('a result without a graph is said to be one', async () => {
  const { page, view } = await open(await flameGraphOf('json-service/cpu.pprof', 'folded'), 'light')
  await view.getByRole('alert').filter({ hasText: 'no flame graph' }).waitFor()
  await page.close()
})
