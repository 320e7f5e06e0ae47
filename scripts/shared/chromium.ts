/** The browser that stands in for a person: whichever Chromium the machine has, started without its own chatter. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { PlainError } from './terminal.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export function findProgram(wanted: readonly string[], absolute: readonly string[] = []): string | undefined {
  // A user's PATH often lacks the folders where system tools lie.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const candidates = [...wanted.flatMap((name) => folders.map((folder) => join(folder, name))), ...absolute]
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      // Not there or not ours to run: the next one may be.
      return false
    }
  })
}

export function findChromium(): string | undefined {
  return process.env.TRACEWRIGHT_CHROMIUM ?? findProgram(names, places)
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new PlainError(`No Chromium was found (looked for ${names.join(', ')}; TRACEWRIGHT_CHROMIUM names another).`)
  }
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  // Root has no user namespace sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet] })
}
