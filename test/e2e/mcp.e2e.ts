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
  // The command goes on in the same box, so it is not `editor.command` that runs it.
  const rows = editor.page.locator('.quick-input-list .monaco-list-row')
  await editor.page.keyboard.press('F1')
  await editor.page.locator('.quick-input-widget input.input').fill('>MCP: List Servers')
  await rows.filter({ hasText: 'MCP: List Servers' }).first().waitFor()
  await editor.page.keyboard.press('Enter')
  await rows.filter({ hasText: 'Stopped' }).filter({ hasText: 'Tracewright' }).first().waitFor()
  await editor.screenshot('mcp-servers-dark')
  await editor.page.keyboard.press('Escape')
})

test('the editor starts it and calls a tool', { timeout: 180_000 }, async () => {
  const vsix = process.env.TRACEWRIGHT_VSIX ?? packagePath(hostTarget())
  const { code, log } = await runInExtensionHost(vsix, 'mcp-server.cjs')
  expect(code, log).toBe(0)
})
