/** Where the page about a diagnostic's code lies: beside the server, so that it can be read without a network. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = path.join(import.meta.dirname, '..', 'docs', 'diagnostics')
const known = new Map<string, string | undefined>()

/** Address of the page; undefined for a code that has none. */
export function diagnosticPage(code: string): string | undefined {
  if (!known.has(code)) {
    const file = path.join(folder, `${code}.md`)
    known.set(code, existsSync(file) ? pathToFileURL(file).href : undefined)
  }
  return known.get(code)
}
