/**
 * `npm start`: opens VS Code on `samples/` with the extension in it (the desktop editor where there is one, else
 * code-server in a browser) and keeps running; Ctrl-C ends everything. `-- --headless` does the main job without an
 * editor and ends. `-- --port N` chooses code-server's port.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { makePackage } from './package.ts'
import { findProgram } from './shared/chromium.ts'
import { quietSettings, startCodeServer } from './shared/code-server.ts'
import { analyseSamples } from './shared/headless.ts'
import { cacheFolder, root } from './shared/paths.ts'
import { start as startProcess, stopAndWait } from './shared/process.ts'
import { main, PlainError, step } from './shared/terminal.ts'

const samples = join(root, 'samples')

/** Resolves when someone wants us to end: Ctrl-C, a closed terminal, or a parent that is gone. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && resolve(), 1000).unref()
  })
}

async function buildAll(): Promise<void> {
  const { missing } = await step('Building', () => build())
  if (missing.length > 0) throw new PlainError(`Cannot start: there is no ${missing.join(', ')}.`)
}

/** The desktop editor, if a window can be opened here at all. */
function findDesktop(): string | undefined {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  // Inside an editor's own terminal on a server `code` is only a messenger to that editor.
  return hasScreen && !process.env.VSCODE_IPC_HOOK_CLI ? findProgram(['code', 'code.cmd']) : undefined
}

async function openDesktop(code: string, ending: Promise<void>): Promise<void> {
  await buildAll()
  // With user data of its own it is a process of its own, which can be ended with us.
  const data = join(cacheFolder(), 'desktop-profile')
  mkdirSync(data, { recursive: true })
  const own = ['--user-data-dir', data, '--extensions-dir', join(data, 'extensions'), '--disable-workspace-trust']
  const editor = startProcess(code, [`--extensionDevelopmentPath=${root}`, ...own, '--wait', '--new-window', samples], {
    stdio: 'ignore',
  })
  const closed = new Promise<void>((resolve, reject) => editor.once('exit', () => resolve()).once('error', reject))
  console.log('Tracewright is open in VS Code')
  await Promise.race([closed, ending])
  await stopAndWait(editor)
  endMainProcess(data)
}

/** The editor's launcher detaches the window's process; the lock file in its user data names it. */
function endMainProcess(data: string): void {
  try {
    process.kill(Number(readFileSync(join(data, 'code.lock'), 'utf8')), 'SIGTERM')
  } catch {
    // It has ended already, or never wrote the file.
  }
}

async function openServer(port: number | undefined, ending: Promise<void>): Promise<void> {
  const vsix = await step('Building and packaging', () => makePackage())
  const profile = mkdtempSync(join(tmpdir(), 'tracewright-start-'))
  try {
    const server = await step('Starting code-server', () =>
      startCodeServer({
        profile,
        settings: quietSettings,
        vsix,
        // What agents import with the command line has to appear here, so the store is the user's own.
        env: { HOME: process.env.HOME },
        ...(port !== undefined && { port }),
      }),
    )
    console.log('Ctrl-C ends it.')
    console.log(`Tracewright is open at ${server.url}/?folder=${encodeURI(samples)}`)
    const crashed = server.ended.then(() => 'crashed')
    const outcome = await Promise.race([crashed, ending])
    await server.stop()
    if (outcome === 'crashed') throw new PlainError(`code-server ended by itself:\n${server.log()}`)
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

await main(async () => {
  const { values } = parseArgs({ options: { headless: { type: 'boolean' }, port: { type: 'string' } } })
  if (values.headless) {
    await buildAll()
    const written = await step('Checking the sample scripts, analysing the sample profiles', () =>
      analyseSamples(samples),
    )
    for (const path of written) console.log(`Written: ${relative(process.cwd(), path)}`)
    return 0
  }
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new PlainError(`--port wants a number from 1 to 65535, not ${values.port}`)
  }
  const ending = askedToEnd()
  const desktop = findDesktop()
  await (desktop ? openDesktop(desktop, ending) : openServer(port, ending))
  process.exit(0)
})
