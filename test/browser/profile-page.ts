/**
 * The built profile view in a plain Chromium page, with a fake extension behind it: real profiles, VS Code's variables of
 * a theme, and no VS Code. `send` and `sent` are the two directions of the protocol.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { flameGraph } from '../../analyzers/pprof/flame-graph.ts'
import { packFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { defaultSampleIndex, type Profile } from '../../analyzers/pprof/profile.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { dist } from '../../scripts/shared/paths.ts'
import { readProfile } from '../../services/profiles/read-profile.ts'
import { type FromView, type ToView, viewTexts } from '../../webviews/protocol.ts'
import { type PageTheme, themeVariables } from './theme-variables.ts'

export interface PageOptions {
  readonly theme?: PageTheme
  readonly size?: { readonly width: number; readonly height: number }
  readonly pixelRatio?: number
  readonly isMotionReduced?: boolean
  /** What the view finds as its saved state. */
  readonly state?: unknown
}

export interface ProfilePage {
  readonly page: Page
  /** What the view has sent so far, oldest first. */
  sent(): Promise<FromView[]>
  /** What the view saved last. */
  state(): Promise<unknown>
  send(message: ToView): Promise<void>
  sendGraph(graph: FlameGraph, sampleIndex: number): Promise<void>
  /** Answers all that the view asks about a profile, as the extension would. */
  serve(profile: Profile, name: string): Promise<void>
  close(): Promise<void>
}

/** Runs in the page before the bundle: what VS Code provides. */
function fakeEditor(state: unknown): void {
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
}

export async function openProfilePage(browser: Browser, options: PageOptions = {}): Promise<ProfilePage> {
  const { theme = 'dark', size = { width: 1200, height: 700 } } = options
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: options.pixelRatio ?? 1,
    reducedMotion: options.isMotionReduced === false ? 'no-preference' : 'reduce',
  })
  const page = await context.newPage()
  const { body, variables } = themeVariables(theme)
  const asset = (name: string) => readFileSync(join(dist, 'webviews', name), 'utf8')
  await page.route('http://view.test/**', (route) => {
    const path = new URL(route.request().url()).pathname
    if (path !== '/') {
      const contentType = path.endsWith('.css') ? 'text/css' : path.endsWith('.js') ? 'text/javascript' : 'font/ttf'
      return route.fulfill({ body: readFileSync(join(dist, 'webviews', path)), contentType })
    }
    const policy = `default-src 'none'; script-src http://view.test; style-src http://view.test; font-src http://view.test`
    const html = `<!DOCTYPE html><html><head><meta charset="UTF-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
      <link rel="stylesheet" href="/codicon.css"><link rel="stylesheet" href="/flamegraph.css"></head>
      <body class="${body}"><div id="app"></div><script src="/flamegraph.js"></script></body></html>`
    return route.fulfill({ body: html, contentType: 'text/html' })
  })
  if (asset('flamegraph.js') === '') throw new Error('dist/webviews/flamegraph.js is empty')
  await page.addInitScript(fakeEditor, options.state)
  await page.addInitScript((pairs) => {
    document.addEventListener('readystatechange', () => {
      for (const [name, value] of pairs) document.documentElement.style.setProperty(name, value)
    })
  }, Object.entries(variables))
  await page.goto('http://view.test/')
  await page.waitForFunction(() => Reflect.get(globalThis, 'fakeEditor').sent.length > 0)

  const made: ProfilePage = {
    page,
    sent: () => page.evaluate(() => Reflect.get(globalThis, 'fakeEditor').sent),
    state: () => page.evaluate(() => Reflect.get(globalThis, 'fakeEditor').state),
    send: async (message) => {
      await page.evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), message)
    },
    sendGraph: async (graph, sampleIndex) => {
      const packed = Buffer.from(packFlameGraph(graph)).toString('base64')
      await page.evaluate(
        async ([text, index]) => {
          const bytes = await (await fetch(`data:application/octet-stream;base64,${text}`).catch(() => null))?.arrayBuffer()
          const buffer = bytes ?? Uint8Array.from(atob(String(text)), (letter) => letter.charCodeAt(0)).buffer
          window.dispatchEvent(new MessageEvent('message', { data: { type: 'graph', sampleIndex: index, packed: buffer } }))
        },
        [packed, sampleIndex] as const,
      )
    },
    serve: async (profile, name) => {
      const wanted = new Map<number, FlameGraph>()
      await page.exposeFunction('graphWanted', async (sampleIndex: number) => {
        const graph = wanted.get(sampleIndex) ?? flameGraph(viewOf(profile, { sample_index: sampleIndex }))
        wanted.set(sampleIndex, graph)
        await made.sendGraph(graph, sampleIndex)
      })
      await page.evaluate(() => {
        const fake = Reflect.get(globalThis, 'fakeEditor')
        const push = fake.sent.push.bind(fake.sent)
        fake.sent.push = (message: { type: string; sampleIndex: number }) => {
          if (message.type === 'graph-wanted') Reflect.get(globalThis, 'graphWanted')(message.sampleIndex)
          return push(message)
        }
      })
      await made.send({ type: 'texts', locale: 'en', texts: viewTexts })
      await made.send({
        type: 'profile',
        profile: {
          name,
          sampleTypes: profile.sampleTypes,
          defaultSampleIndex: defaultSampleIndex(profile),
          sampleCount: profile.samples.length,
          durationNanos: Number(profile.durationNanos),
          warnings: profile.warnings,
        },
      })
    },
    close: () => context.close(),
  }
  return made
}

export function readSample(path: string): Promise<Profile> {
  return readProfile(path)
}
