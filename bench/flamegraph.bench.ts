/**
 * The flame graph in a browser, beside speedscope, on the same profile in the same run: wheel zoom, drag and search over
 * more than 200,000 frames. For each it gives the processor time of the main thread for one frame, which does not depend
 * on what else the machine does, and the time of animation frames by the clock, which is what a person feels.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { flameGraph } from '../analyzers/pprof/flame-graph.ts'
import { viewOf } from '../analyzers/pprof/view.ts'
import { build } from '../scripts/build.ts'
import { launchChromium } from '../scripts/shared/chromium.ts'
import { root } from '../scripts/shared/paths.ts'
import { readProfile } from '../services/profiles/read-profile.ts'
import { openProfilePage, summaryOf } from '../test/browser/profile-page.ts'
import { writeProfile } from './generate-profile.ts'

const size = { width: 1600, height: 1000 }
const STEPS = 24
/** What one frame may take at 60 Hz. */
const BUDGET_MS = 16.7

interface Figures {
  /** Processor time of the main thread, all its work divided by the frames that came of it. */
  readonly cpu: number
  readonly median: number
  readonly p95: number
  readonly worst: number
  readonly framesPerSecond: number
}

/** Runs in the page before everything else: notes how long each animation frame's callbacks take. */
function watchFrames(): void {
  const frames = new Map<number, number>()
  const original = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (callback) =>
    original((time) => {
      const started = performance.now()
      callback(time)
      frames.set(time, (frames.get(time) ?? 0) + performance.now() - started)
    })
  Object.assign(window, { takeFrames: () => [...frames].splice(0), clearFrames: () => frames.clear() })
}

/** Lets a person's hand move and counts what it costs. */
async function measure(page: Page, gesture: () => Promise<void>): Promise<Figures> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  await page.evaluate(() => Reflect.get(window, 'clearFrames')())
  const before = await busy()
  await gesture()
  await page.waitForTimeout(300)
  const cpu = (await busy()) - before
  await session.detach()
  const frames: [number, number][] = await page.evaluate(() => Reflect.get(window, 'takeFrames')())
  const spent = frames.map(([, ms]) => ms).toSorted((a, b) => a - b)
  const at = (share: number) => spent[Math.min(spent.length - 1, Math.floor(spent.length * share))] ?? 0
  const seconds = ((frames.at(-1)?.[0] ?? 0) - (frames[0]?.[0] ?? 0)) / 1000
  return {
    cpu: cpu / Math.max(1, frames.length),
    median: at(0.5),
    p95: at(0.95),
    worst: at(1),
    framesPerSecond: seconds > 0 ? frames.length / seconds : 0,
  }
}

async function gestures(
  page: Page,
  box: { x: number; y: number; width: number; height: number },
): Promise<Map<string, Figures>> {
  const middle = { x: box.x + box.width * 0.3, y: box.y + box.height * 0.4 }
  const wheel = async (delta: number) => {
    await page.mouse.move(middle.x, middle.y)
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.wheel(0, delta)
      await page.waitForTimeout(8)
    }
  }
  const figures = new Map<string, Figures>()
  // Both zoom with the wheel while Ctrl is held.
  await page.keyboard.down('Control')
  figures.set('zoom in', await measure(page, () => wheel(-6)))
  figures.set('zoom out', await measure(page, () => wheel(6)))
  await page.keyboard.up('Control')
  const drag = async () => {
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down()
    for (let step = 1; step <= STEPS; step++) await page.mouse.move(middle.x + step * 8, middle.y - step * 3)
    await page.mouse.up()
  }
  figures.set('drag', await measure(page, drag))
  return figures
}

async function ours(
  browser: Browser,
  file: string,
): Promise<{ figures: Map<string, Figures>; nodes: number; openMs: number }> {
  const view = await openProfilePage(browser, { size, initScript: watchFrames })
  const started = performance.now()
  const profile = await readProfile(file)
  const graph = flameGraph(viewOf(profile, {}))
  await view.greet()
  await view.send({ type: 'profile', profile: summaryOf(profile, 'bench.pprof') })
  const filters = { focus: '', ignore: '', hide: '', show: '', tagFocus: '', tagIgnore: '' }
  await view.sendGraph(graph, { sampleIndex: summaryOf(profile, '').defaultSampleIndex, filters, normalize: false })
  await view.graph.waitFor()
  await view.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const openMs = performance.now() - started
  const box = await view.graph.boundingBox()
  if (box === null) throw new Error('the flame graph is not on the screen')
  const figures = await gestures(view.page, box)
  await view.page.keyboard.press('0')
  const searching = async () => {
    await view.search.pressSequentially('func1', { delay: 120 })
    await view.page.waitForTimeout(300)
  }
  figures.set('search', await measure(view.page, searching))
  await view.close()
  return { figures, nodes: graph.nodeCount, openMs }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

async function peer(
  browser: Browser,
  file: string,
): Promise<{ figures: Map<string, Figures>; openMs: number } | string> {
  const release = join(root, 'node_modules', 'speedscope', 'dist', 'release')
  if (!existsSync(release)) return 'speedscope is not installed'
  const page = await browser.newPage({ viewport: size })
  await page.addInitScript(watchFrames)
  await page.route('http://peer.test/**', (route) => {
    const path = new URL(route.request().url()).pathname
    const source = path === '/profile.pb.gz' ? file : join(release, path === '/' ? 'index.html' : path)
    if (!existsSync(source)) return route.fulfill({ status: 404 })
    return route.fulfill({
      body: readFileSync(source),
      contentType: contentTypes[extname(source)] ?? 'application/octet-stream',
    })
  })
  const started = performance.now()
  await page.goto('http://peer.test/#profileURL=http://peer.test/profile.pb.gz')
  // Its toolbar offers the views once the profile is there.
  await page.getByText('Left Heavy').waitFor({ timeout: 120_000 })
  await page.getByText('Left Heavy').click()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const openMs = performance.now() - started
  const figures = await gestures(page, { x: 0, y: 120, width: size.width, height: size.height - 120 })
  await page.context().close()
  return { figures, openMs }
}

const file = join(tmpdir(), 'tracewright-bench', 'flamegraph.pb.gz')
if (!existsSync(file)) {
  mkdirSync(join(tmpdir(), 'tracewright-bench'), { recursive: true })
  await writeProfile(file, { samples: 100_000, functions: 5_000, repeat: 0.9, labels: false })
}
if (!existsSync(join(root, 'dist', 'webviews', 'flamegraph.js'))) await build()
const browser = await launchChromium()
try {
  const own = await ours(browser, file)
  const other = await peer(browser, file)
  const of = (figures: Map<string, Figures> | undefined, name: string) => {
    const each = figures?.get(name)
    if (each === undefined) return '– | – | – | – | –'
    return [each.cpu, each.median, each.p95, each.worst]
      .map((ms) => ms.toFixed(1))
      .join(' | ')
      .concat(` | ${each.framesPerSecond.toFixed(0)}`)
  }
  const nodes = own.nodes.toLocaleString('en')
  console.log(
    `${nodes} frames (${(statSync(file).size / 2 ** 20).toFixed(1)} MB file), ${size.width}×${size.height}; milliseconds for a frame\n`,
  )
  console.log('| gesture | CPU | median | p95 | worst | frames/s | speedscope CPU | median | p95 | worst | frames/s |')
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
  const theirs = typeof other === 'string' ? undefined : other.figures
  for (const name of own.figures.keys()) console.log(`| ${name} | ${of(own.figures, name)} | ${of(theirs, name)} |`)
  const openTheirs = typeof other === 'string' ? other : `${other.openMs.toFixed(0)} ms`
  console.log(`\nFile to first picture: ${own.openMs.toFixed(0)} ms; speedscope: ${openTheirs}`)
  const worst = Math.max(
    ...['zoom in', 'zoom out', 'drag'].map((name) => own.figures.get(name)?.cpu ?? Number.POSITIVE_INFINITY),
  )
  console.log(
    `${worst <= BUDGET_MS ? 'Within' : 'OVER'} the budget of ${BUDGET_MS} ms a frame (most: ${worst.toFixed(1)} ms of CPU)`,
  )
} finally {
  await browser.close()
}
