/**
 * Finds the installed bpftrace and asks its version. Nothing is attached and nothing is run but `bpftrace --version`;
 * the answer is kept until the program file changes.
 */
import { execFile } from 'node:child_process'
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface InstalledBpftrace {
  readonly path: string
  /** `0.27.1`; without the `v` and whatever a packager adds. */
  readonly version: string
}

export interface BpftraceLocator {
  /** The program at the configured path, else the first on PATH and in the usual places; undefined when there is none. */
  find(): Promise<InstalledBpftrace | undefined>
}

export interface LocatorOptions {
  /** From a setting or flag: only this file is looked at. */
  readonly configuredPath?: string | undefined
  readonly searchPath?: string | undefined
}

/** PATH of an ordinary user often lacks these, where distributions put bpftrace. */
const usualFolders = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/snap/bin']

export function createBpftraceLocator(options: LocatorOptions = {}): BpftraceLocator {
  let known: { readonly key: string; readonly found: Promise<InstalledBpftrace | undefined> } | undefined

  return {
    async find() {
      const file = options.configuredPath ?? firstExecutable(options.searchPath ?? process.env.PATH ?? '')
      if (file === undefined) return undefined
      const stat = statSync(file, { throwIfNoEntry: false })
      if (stat === undefined) return undefined
      const key = [realpathSync(file), stat.ino, stat.mtimeMs].join('\0')
      if (known?.key !== key) known = { key, found: askVersion(file) }
      return known.found
    },
  }
}

function firstExecutable(searchPath: string): string | undefined {
  const folders = [...searchPath.split(path.delimiter), ...usualFolders]
  for (const folder of folders) {
    if (!path.isAbsolute(folder)) continue
    const file = path.join(folder, 'bpftrace')
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder, or not ours to run.
    }
  }
  return undefined
}

async function askVersion(file: string): Promise<InstalledBpftrace | undefined> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 5000, maxBuffer: 64 * 1024, env: { LC_ALL: 'C' } })
    const version = parseVersion(stdout)
    return version === undefined ? undefined : { path: file, version }
  } catch {
    // A broken installation is as good as none; running a trace says what is wrong with it.
    return undefined
  }
}

/** The version in `bpftrace v0.17.0`, `bpftrace v0.27.1-dirty`. */
export function parseVersion(text: string): string | undefined {
  const match = /\bv?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text)
  return match === null ? undefined : `${match[1]}.${match[2]}.${match[3] ?? '0'}`
}
