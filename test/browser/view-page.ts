/**
 * A built view in a plain Chromium page with a fake extension behind it: the variables of VS Code's own themes, its API,
 * a policy as strict as the real one, and no VS Code. `Sent` is what the view says, `Received` what it is told.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { artifacts, dist } from '../../scripts/shared/paths.ts'
import themes from '../fixtures/theme-variables.json' with { type: 'json' }

export type PageTheme = keyof typeof themes
export const pageThemes: readonly PageTheme[] = ['dark', 'light', 'high contrast', 'high contrast light']

export interface ViewPageOptions {
  readonly theme?: PageTheme
  readonly size?: { readonly width: number; readonly height: number }
  readonly pixelRatio?: number
  /** What the view finds as its saved state. */
  readonly state?: unknown
  /** Runs in the page before the view. */
  readonly initScript?: () => void
}

export const origin = 'http://view.test'
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.ttf': 'font/ttf',
}

/** Runs in the page before the bundle: what VS Code provides. */
function fakeEditor({ state, variables }: { state: unknown; variables: Record<string, string> }): void {
  const fake = { sent: [] as unknown[], state }
  Object.assign(globalThis, {
    fakeEditor: fake,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => {
        fake.sent.push(message)
        Reflect.get(globalThis, 'onViewMessage')?.(message)
      },
      getState: () => fake.state,
      setState: (next: unknown) => {
        fake.state = next
      },
    }),
  })
  document.addEventListener('readystatechange', () => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value)
  })
}

export class ViewPage<Sent, Received> {
  readonly page: Page
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()))
  }

  /** What the view has sent so far, oldest first. */
  sent(): Promise<Sent[]> {
    return this.page.evaluate(() => Reflect.get(globalThis, 'fakeEditor').sent)
  }

  /** What the view saved last. */
  state(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() => Reflect.get(globalThis, 'fakeEditor').state)
  }

  async send(message: Received): Promise<void> {
    await this.page.evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), message as object)
  }

  async screenshot(name: string): Promise<void> {
    const path = join(artifacts, 'browser', `${name}.png`)
    mkdirSync(dirname(path), { recursive: true })
    await this.page.screenshot({ path })
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}

/** A page in which `dist/webviews/<bundle>.js` has started; `answer` is called with whatever the view says. */
export async function openViewPage<Sent, Received>(
  browser: Browser,
  bundle: string,
  answer: (message: Sent, view: ViewPage<Sent, Received>) => Promise<void>,
  options: ViewPageOptions = {},
): Promise<ViewPage<Sent, Received>> {
  const { classes, variables } = themes[options.theme ?? 'dark']
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1200, height: 800 },
    deviceScaleFactor: options.pixelRatio ?? 1,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const view = new ViewPage<Sent, Received>(page)
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; connect-src ${origin}`
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname
    if (path !== '/') {
      const contentType = contentTypes[extname(path)] ?? 'application/octet-stream'
      return route.fulfill({ body: readFileSync(join(dist, 'webviews', path)), contentType })
    }
    const body = `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>${bundle}</title>
      <meta http-equiv="Content-Security-Policy" content="${policy}">
      <link rel="stylesheet" href="/codicon.css"><link rel="stylesheet" href="/${bundle}.css"></head>
      <body class="${classes}"><div id="app"></div><script src="/${bundle}.js"></script></body></html>`
    return route.fulfill({ body, contentType: 'text/html' })
  })
  await page.exposeFunction('onViewMessage', (message: Sent) => answer(message, view))
  await page.addInitScript(fakeEditor, { state: options.state, variables })
  if (options.initScript !== undefined) await page.addInitScript(options.initScript)
  await page.goto(origin)
  return view
}
