/** The MCP server inside VS Code: listed for people, started and called by another extension, without any sign-in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packagePath } from '../../scripts/package.ts'
import { hostTarget } from '../../scripts/shared/targets.ts'
import { type Editor, openEditor } from './driver.ts'
import { runInExtensionHost } from './extension-host.ts'

let editor: Editor
beforeAll(async () => {
  editor = await openEditor()
})
afterAll(() => editor.close())

test('the server is listed before anything else of the extension has been used', async () => {
  const server = editor.page
    .locator('.quick-input-list .monaco-list-row')
    .filter({ hasText: 'Stopped' })
    .filter({ hasText: 'Tracewright' })
    .first()
  // A window that has just opened may not have looked for servers yet, and then its list stays as it was opened.
  await expect
    .poll(async () => {
      await editor.command('MCP: List Servers', { asks: true })
      await server.waitFor({ timeout: 3000 }).catch(() => undefined)
      return server.isVisible()
    })
    .toBe(true)
  await editor.screenshot('mcp-servers-dark')
  await editor.page.keyboard.press('Escape')
})

test('the editor starts it and calls a tool', { timeout: 180_000 }, async () => {
  const vsix = process.env.TRACEWRIGHT_VSIX ?? packagePath(hostTarget())
  const { code, log } = await runInExtensionHost(vsix, 'mcp-server.cjs')
  expect(code, log).toBe(0)
})
