/** What every page of ours has to obey: the policy of its content, and the colours of the user's theme. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'

vi.mock('vscode', () => {
  const uri = (text: string) => ({ toString: () => text, path: text })
  return { Uri: { joinPath: (base: { path: string }, ...parts: string[]) => uri([base.path, ...parts].join('/')) } }
})

const root = path.join(import.meta.dirname, '..', '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('a page may run its own bundle and nothing else', async () => {
  const { shell } = await import('../../extension/profile-editor-shell.ts')
  const webview = {
    cspSource: 'https://view.test',
    asWebviewUri: (uri: { path: string }) => `https://view.test${uri.path}`,
  }
  // Only what the shell uses of a webview and an address is there.
  const make = () => Reflect.apply(shell, undefined, [webview, { path: '/extension' }, 'flamegraph']) as string
  const [page, other] = [make(), make()]
  const policy = page.match(/Content-Security-Policy" content="([^"]+)"/)?.[1] ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[\w+/=]{20,}';/)
  expect(policy).not.toMatch(/unsafe|\*/)
  expect(page.match(/nonce-([^']+)/)?.[1]).not.toBe(other.match(/nonce-([^']+)/)?.[1])
  expect(page).not.toMatch(/\son\w+=|javascript:|<style|style="/)
  expect(page.match(/<script/g)).toHaveLength(1)
})

test.each(globSync('webviews/**/*.css', { cwd: root }))('%s has no colour of its own', (file) => {
  const rules = read(file).replaceAll(/\/\*[\s\S]*?\*\//g, '')
  expect(
    rules.match(/#[0-9a-f]{3,8}\b(?=[^{}]*;)|\b(?:rgb|hsl)a?\(|:\s*(?:white|black|red|blue|green|gr[ae]y)\b/gi),
  ).toBeNull()
})

test.each(globSync('webviews/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts')))(
  '%s paints with the colours of the theme',
  (file) => {
    expect(read(file).match(/['"`]#[0-9a-f]{3,8}['"`]|['"`](?:rgb|hsl)a?\(/gi)).toBeNull()
    expect(read(file)).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/)
  },
)
