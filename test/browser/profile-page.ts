/**
 * The built profile view in a plain Chromium page, with a fake extension behind it: real profiles, the variables of VS
 * Code's own themes, and no VS Code. `send` and `sent` are the two directions of the protocol.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { differentialFlameGraph } from '../../analyzers/pprof/flame-diff.ts'
import { flameGraph } from '../../analyzers/pprof/flame-graph.ts'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { packFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { defaultSampleIndex, type Profile } from '../../analyzers/pprof/profile.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { artifacts, dist } from '../../scripts/shared/paths.ts'
import { type FromView, type GraphQuery, type ProfileSummary, type ToView, viewTexts } from '../../webviews/protocol.ts'
import themes from '../fixtures/theme-variables.json' with { type: 'json' }

export type PageTheme = keyof typeof themes
export const pageThemes: readonly PageTheme[] = ['dark', 'light', 'high contrast', 'high contrast light']

export interface PageOptions {
  readonly theme?: PageTheme
  readonly size?: { readonly width: number; readonly height: number }
  readonly pixelRatio?: number
  /** What the view finds as its saved state. */
  readonly state?: unknown
  /** Runs in the page before the view. */
  readonly initScript?: () => void
}

const origin = 'http://view.test'
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
      postMessage: (message: unknown) => fake.sent.push(message),
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

export class ProfilePage {
  readonly page: Page
  readonly #graphs = new Set<string>()

  constructor(page: Page) {
    this.page = page
  }

  get graph(): Locator {
    return this.page.getByLabel('Flame graph')
  }

  get search(): Locator {
    return this.page.getByLabel('Search')
  }

  /** What the view has sent so far, oldest first. */
  sent(): Promise<FromView[]> {
    return this.page.evaluate(() => Reflect.get(globalThis, 'fakeEditor').sent)
  }

  /** What the view saved last. */
  state(): Promise<Record<string, unknown>> {
    return this.page.evaluate(() => Reflect.get(globalThis, 'fakeEditor').state)
  }

  async send(message: Exclude<ToView, { type: 'graph' }>): Promise<void> {
    await this.page.evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), message)
  }

  async sendGraph(graph: FlameGraph, query: GraphQuery, passed = 1): Promise<void> {
    // By the network of the page, as bytes: a text of many megabytes in a message takes seconds.
    await this.page.route(`${origin}/graph`, (route) => route.fulfill({ body: Buffer.from(packFlameGraph(graph)) }))
    const message = { type: 'graph', query, transfer: 0, leftOutBelow: 0, passed, unmatched: [] }
    await this.page.evaluate(async (rest) => {
      const packed = await (await fetch('/graph')).arrayBuffer()
      window.dispatchEvent(new MessageEvent('message', { data: { ...rest, packed } }))
    }, message)
    await this.page.unroute(`${origin}/graph`)
  }

  /** The texts, which the extension sends first of all. */
  async greet(): Promise<void> {
    await this.send({ type: 'texts', locale: 'en', texts: viewTexts })
  }

  /** Shows a profile, or how it differs from `base`, and answers what the view asks about it, as the extension would. */
  async serve(profile: Profile, name: string, base?: Profile): Promise<void> {
    await this.greet()
    const comparison = base === undefined ? null : { before: `before-${name}`, after: name }
    await this.send({ type: 'profile', profile: { ...summaryOf(profile, name), comparison } })
    await this.answer(profile, base)
    await this.graph.waitFor()
  }

  /** Sends the graphs that the view has asked for and does not have yet. */
  async answer(profile: Profile, base?: Profile): Promise<void> {
    for (const message of await this.sent()) {
      if (message.type !== 'graph-wanted' || this.#graphs.has(JSON.stringify(message.query))) continue
      this.#graphs.add(JSON.stringify(message.query))
      const { sampleIndex, filters, normalize } = message.query
      const given = (text: string) => (text === '' ? undefined : text)
      const options = { sample_index: sampleIndex, focus: given(filters.focus), ignore: given(filters.ignore) }
      try {
        const view = viewOf(profile, options)
        const graph =
          base === undefined ? flameGraph(view) : differentialFlameGraph(profile, base, { ...options, normalize })
        await this.sendGraph(graph, message.query, Number(view.total) / Number(view.pctBase))
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        await this.send({ type: 'graph-failed', query: message.query, message: error.message })
      }
    }
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

export function summaryOf(profile: Profile, name: string): ProfileSummary {
  return {
    name,
    sampleTypes: profile.sampleTypes,
    defaultSampleIndex: defaultSampleIndex(profile),
    sampleCount: profile.samples.length,
    durationNanos: Number(profile.durationNanos),
    warnings: profile.warnings,
    comparison: null,
    canFilter: true,
  }
}

/** A page in which the view has started and waits for its first message. */
export async function openProfilePage(browser: Browser, options: PageOptions = {}): Promise<ProfilePage> {
  const { classes, variables } = themes[options.theme ?? 'dark']
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1200, height: 700 },
    deviceScaleFactor: options.pixelRatio ?? 1,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; connect-src ${origin}`
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname
    if (path !== '/') {
      const contentType = contentTypes[extname(path)] ?? 'application/octet-stream'
      return route.fulfill({ body: readFileSync(join(dist, 'webviews', path)), contentType })
    }
    const body = `<!DOCTYPE html><html><head><meta charset="UTF-8">
      <meta http-equiv="Content-Security-Policy" content="${policy}">
      <link rel="stylesheet" href="/codicon.css"><link rel="stylesheet" href="/flamegraph.css"></head>
      <body class="${classes}"><div id="app"></div><script src="/flamegraph.js"></script></body></html>`
    return route.fulfill({ body, contentType: 'text/html' })
  })
  await page.addInitScript(fakeEditor, { state: options.state, variables })
  if (options.initScript !== undefined) await page.addInitScript(options.initScript)
  await page.goto(origin)
  await page.waitForFunction(() => Reflect.get(globalThis, 'fakeEditor').sent.length > 0)
  return new ProfilePage(page)
}
