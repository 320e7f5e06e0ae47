/**
 * Runs inside the extension host and watches it while a user works: for each step, the longest time the event loop stood
 * still, the longest unbroken stretch in which code of Tracewright was running, and the processor time of all of it.
 * `bench/extension-host.bench.ts` prepares the workspace, does what needs a pointer, and prints the result.
 */
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs')
const { Session } = require('node:inspector/promises')
const path = require('node:path')
const { monitorEventLoopDelay } = require('node:perf_hooks')
const vscode = require('vscode')

const id = 'tracewright.tracewright'
const workspace = vscode.workspace.workspaceFolders[0].uri
const file = (name) => vscode.Uri.joinPath(workspace, name)
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Microseconds between samples of the profiler. */
const INTERVAL = 500

/** How long this thread has run, and how long it has waited for a processor; a busy machine stretches only the latter. */
function scheduled() {
  const [ran = 0, waited = 0] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ').map(Number)
  return { ran, waited }
}

exports.run = async () => {
  const extension = vscode.extensions.getExtension(id)
  const steps = []
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL })

  /** `settle` is for what goes on after `run` has returned. */
  async function step(name, run, settle = 3000) {
    const delay = monitorEventLoopDelay({ resolution: 2 })
    await session.post('Profiler.start')
    delay.enable()
    const before = scheduled()
    await run()
    await pause(settle)
    delay.disable()
    const after = scheduled()
    const ran = after.ran - before.ran
    const onProcessor = ran / Math.max(1, ran + after.waited - before.waited)
    const { profile } = await session.post('Profiler.stop')
    const { longest, total, where } = ownStretches(profile, extension.extensionPath)
    steps.push({ name, loop: delay.max / 1e6, longest, total, where, onProcessor })
  }

  /** Asks the driver of the window to do `name`, and waits for it. */
  async function driven(name) {
    writeFileSync(file(`wanted-${name}`).fsPath, '')
    while (!existsSync(file(`done-${name}`).fsPath)) await pause(50)
  }

  await pause(3000)
  await step('idle', () => undefined)
  await step('activation', () => extension.activate(), 1000)
  await step('first script', () => vscode.window.showTextDocument(file('script.bt')), 5000)
  await step('profile of 500k samples', () => openProfile('big.pprof').then(() => driven('opened')))
  await step('another sample type', () => driven('sample-type'))
  await step('search, zoom, table', () => driven('search'))
  await step('import of 500 profiles', () => {
    return vscode.commands.executeCommand('tracewright.explorer.addToStore', { kind: 'file', uri: file('many') })
  })
  await step('explorer with 500 handles', async () => {
    await vscode.commands.executeCommand('tracewright.explorer.focus')
    await vscode.commands.executeCommand('tracewright.explorer.refresh')
  })
  await step('MCP server', () => {
    return vscode.commands.executeCommand('workbench.mcp.startServer', `${id}/Tracewright`, { waitForLiveTools: true })
  })
  await step('idle again', () => undefined)
  writeFileSync(file('stalls.json').fsPath, JSON.stringify(steps))
  console.log(`${readdirSync(workspace.fsPath).length} files, ${steps.length} steps`)
}

function openProfile(name) {
  return vscode.commands.executeCommand('vscode.openWith', file(name), 'tracewright.profile')
}

/** Milliseconds in which our code was on the stack: the longest stretch without a break, what it was in, and the sum. */
function ownStretches(profile, home) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])))
  const isOwn = new Map()
  const own = (node) => {
    if (node === undefined) return false
    if (!isOwn.has(node)) {
      const { url } = nodes.get(node).callFrame
      isOwn.set(node, url.includes(path.basename(home)) || own(parents.get(node)))
    }
    return isOwn.get(node)
  }
  let [longest, total, current] = [0, 0, 0]
  let where = {}
  let names = {}
  profile.samples.forEach((node, index) => {
    const time = (profile.timeDeltas[index + 1] ?? INTERVAL) / 1000
    const { functionName } = nodes.get(node).callFrame
    // The collector interrupts whoever runs: it belongs to the stretch that it stands in.
    const counts = own(node) || (current > 0 && functionName === '(garbage collector)')
    if (!counts) {
      current = 0
      names = {}
      return
    }
    current += time
    total += time
    names[functionName] = (names[functionName] ?? 0) + time
    if (current > longest) [longest, where] = [current, { ...names }]
  })
  const top = Object.entries(where).sort(([, a], [, b]) => b - a)
  return { longest, total, where: top.slice(0, 3).map(([name, ms]) => `${name || '?'} ${ms.toFixed(1)}`).join(', ') }
}
