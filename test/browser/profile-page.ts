/**
 * The built profile view in a page (see `view-page.ts`), with real profiles and the extension's answers. `send` and `sent`
 * are the two directions of the protocol.
 */
import type { Browser, Locator, Page } from 'playwright-core'
import { differentialFlameGraph } from '../../analyzers/pprof/flame-diff.ts'
import { flameGraph } from '../../analyzers/pprof/flame-graph.ts'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { packFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { defaultSampleIndex, type Profile } from '../../analyzers/pprof/profile.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { type FromView, type GraphQuery, type ProfileSummary, type ToView, viewTexts } from '../../webviews/protocol.ts'
import { openViewPage, origin, type ViewPage, type ViewPageOptions } from './view-page.ts'

export class ProfilePage {
  readonly #view: ViewPage<FromView, ToView>
  readonly #graphs = new Set<string>()

  constructor(view: ViewPage<FromView, ToView>) {
    this.#view = view
  }

  get page(): Page {
    return this.#view.page
  }

  get graph(): Locator {
    return this.page.getByLabel('Flame graph')
  }

  get search(): Locator {
    return this.page.getByLabel('Search')
  }

  /** What the view has sent so far, oldest first. */
  sent(): Promise<FromView[]> {
    return this.#view.sent()
  }

  /** What the view saved last. */
  state(): Promise<Record<string, unknown>> {
    return this.#view.state()
  }

  send(message: Exclude<ToView, { type: 'graph' }>): Promise<void> {
    return this.#view.send(message)
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

  screenshot(name: string): Promise<void> {
    return this.#view.screenshot(name)
  }

  close(): Promise<void> {
    return this.#view.close()
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
export async function openProfilePage(browser: Browser, options: ViewPageOptions = {}): Promise<ProfilePage> {
  const size = options.size ?? { width: 1200, height: 700 }
  const view = await openViewPage<FromView, ToView>(browser, 'flamegraph', async () => undefined, { ...options, size })
  await view.page.waitForFunction(() => Reflect.get(globalThis, 'fakeEditor').sent.length > 0)
  return new ProfilePage(view)
}
