/**
 * code-server, the editor for machines without a desktop: installed once into the cache, without compiling anything,
 * then started as often as wanted. The steps that npm's scripts would do are done here in words.
 */
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { cacheFolder } from './paths.ts'
import { environment, mustRun, start as startProcess, stopAndWait } from './process.ts'
import { PlainError, step } from './terminal.ts'

export const codeServerVersion = '4.139.1'

const npmOptions = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error']

/** Returns the folder of the installed package, installing it first where needed. */
export async function installCodeServer(): Promise<string> {
  const home = join(cacheFolder(), `code-server-${codeServerVersion}`)
  const folder = join(home, 'node_modules', 'code-server')
  // Written last: a folder without it is an interrupted installation and is made anew.
  const marker = join(home, '.complete')
  if (existsSync(marker)) return folder
  const draft = `${home}.draft-${process.pid}`
  try {
    await step(`Installing code-server ${codeServerVersion} (600 MB, once) into ${home}`, () => installInto(draft))
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new PlainError(`code-server ${codeServerVersion} could not be had from the npm registry.\n${why}`)
  }
  rmSync(home, { recursive: true, force: true })
  renameSync(draft, home)
  writeFileSync(marker, `${codeServerVersion}\n`)
  return folder
}

async function installInto(home: string): Promise<void> {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{"private":true}\n')
  const npm = (cwd: string, ...args: string[]) => mustRun('npm', ['install', ...args, ...npmOptions], { cwd })
  await npm(home, `code-server@${codeServerVersion}`, '--save-exact')
  const editor = join(home, 'node_modules', 'code-server', 'lib', 'vscode')
  await npm(editor, '--omit=dev')
  await npm(join(editor, 'extensions'), '--omit=dev')
  const scripts = process.platform === 'darwin' ? 'darwin' : 'linux'
  link(`code-${scripts}.sh`, join(editor, 'bin', 'remote-cli', 'code-server'))
  link(`browser-${scripts}.sh`, join(editor, 'bin', 'helpers', 'browser.sh'))
}

function link(target: string, path: string): void {
  rmSync(path, { force: true })
  symlinkSync(target, path)
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

export interface EditorServer {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** What the server has printed so far. */
  log(): string
  /** Resolves when the server has ended by itself or by `stop`. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

export interface EditorOptions {
  /** Everything of this editor lies here: user data, extensions, home. */
  readonly profile: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly vsix: string
  readonly port?: number
  readonly extraArgs?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Settings that keep the editor quiet; see each option's own documentation. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.enablePreview': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'editor.minimap.enabled': false,
}

/** Installs the package into the profile and starts the server; returns when it answers. */
export async function startCodeServer(options: EditorOptions): Promise<EditorServer> {
  const entry = join(await installCodeServer(), 'out', 'node', 'entry.js')
  const { profile, settings, vsix } = options
  const home = join(profile, 'home')
  mkdirSync(join(profile, 'data', 'User'), { recursive: true })
  mkdirSync(home, { recursive: true })
  writeFileSync(join(profile, 'data', 'User', 'settings.json'), JSON.stringify(settings, null, 2))
  writeFileSync(join(profile, 'config.yaml'), 'cert: false\n')
  const folders = ['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')]
  const config = ['--config', join(profile, 'config.yaml')]
  // A terminal of VS Code would make the new server a client of its own.
  const env = environment({ HOME: home, VSCODE_IPC_HOOK_CLI: undefined, ...options.env })

  await mustRun(process.execPath, [entry, ...folders, ...config, '--install-extension', vsix, '--force'], { env })

  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust']
  const args = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-getting-started-override']
  const all = [entry, ...args, ...quiet, ...folders, ...config, ...(options.extraArgs ?? [])]
  const child = startProcess(process.execPath, all, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  const listen = (text: string) => {
    log = (log + text).slice(-200_000)
  }
  child.stdout?.setEncoding('utf8').on('data', listen)
  child.stderr?.setEncoding('utf8').on('data', listen)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const deadline = Date.now() + 60_000
  for (;;) {
    if (child.exitCode !== null) throw new PlainError(`code-server ended at once:\n${log}`)
    const answer = await fetch(`${url}/healthz`).catch(() => undefined)
    if (answer?.ok) break
    if (Date.now() > deadline) throw new PlainError(`code-server did not answer within a minute:\n${log}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return { url, log: () => log, ended, stop: () => stopAndWait(child) }
}
