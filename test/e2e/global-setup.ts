/**
 * Once for all end-to-end tests: packages the extension, installs that very file into a clean profile of code-server
 * and starts the server. The specs reach it through `driver.ts`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { makePackage } from '../../scripts/package.ts'
import { quietSettings, startCodeServer } from '../../scripts/shared/code-server.ts'
import { artifacts } from '../../scripts/shared/paths.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    editorUrl: string
    /** User data, extensions and home of the shared server. */
    editorProfile: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const vsix = process.env.TRACEWRIGHT_VSIX ?? (await makePackage())
  const profile = mkdtempSync(join(tmpdir(), 'tracewright-e2e-'))
  // Specs read files that the editor writes, so nothing may be sent to a bin or asked about.
  const settings = { ...quietSettings, 'files.enableTrash': false, 'window.confirmBeforeClose': 'never' }
  const server = await startCodeServer({ profile, settings, vsix })
  project.provide('editorUrl', server.url)
  project.provide('editorProfile', profile)
  return async () => {
    await server.stop()
    mkdirSync(join(artifacts, 'e2e'), { recursive: true })
    writeFileSync(join(artifacts, 'e2e', 'code-server.log'), server.log())
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
