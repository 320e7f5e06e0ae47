/**
 * Runs a test file inside the extension host of a real VS Code that has the packaged extension installed. In this mode
 * the editor accepts dialogs by itself; what a person sees is tested through `driver.ts` instead.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../scripts/shared/chromium.ts'
import { quietSettings, startCodeServer } from '../../scripts/shared/code-server.ts'
import { root } from '../../scripts/shared/paths.ts'

const inEditor = join(root, 'test', 'e2e', 'in-editor')

export interface HostResult {
  readonly code: number
  /** What the test and the editor had to say. */
  readonly log: string
}

export interface HostOptions {
  /** Puts files into the workspace before the editor sees it. */
  readonly prepare?: (workspace: string) => Promise<void>
  /** What a person does in the window meanwhile; a failure ends the run. */
  readonly drive?: (page: Page, workspace: string) => Promise<void>
}

/** `testFile` is a CommonJS module of `in-editor/` that exports `run(): Promise<void>`. */
export async function runInExtensionHost(
  vsix: string,
  testFile: string,
  { prepare, drive }: HostOptions = {},
): Promise<HostResult> {
  const profile = mkdtempSync(join(tmpdir(), 'tracewright-host-'))
  const workspace = join(profile, 'workspace')
  mkdirSync(workspace)
  await prepare?.(workspace)
  const extraArgs = ['--vscode-option', 'enable-smoke-test-driver']
  const server = await startCodeServer({ profile, settings: quietSettings, vsix, extraArgs })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const lines: string[] = []
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
      lines.push(args.map(String).join(' ')),
    )
    const code = new Promise<number>((resolve) => page.exposeFunction('codeAutomationExit', resolve))
    const authority = new URL(server.url).host
    const remote = (path: string) => `vscode-remote://${authority}${path}`
    const payload = [
      // An empty one: what is under test is the installed package.
      ['extensionDevelopmentPath', remote(join(inEditor, 'empty-extension'))],
      ['extensionTestsPath', remote(join(inEditor, testFile))],
      ['skipWelcome', 'true'],
    ]
    const query = `folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`
    // A busy machine takes its time to serve a workbench.
    await page.goto(`${server.url}/?${query}`, { timeout: 120_000 })
    const driven = drive?.(page, workspace) ?? code
    return { code: await Promise.race([code, driven.then(() => code)]), log: lines.join('\n') }
  } finally {
    await browser.close()
    await server.stop()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
