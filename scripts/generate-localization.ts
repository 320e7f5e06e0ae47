/**
 * Writes `l10n/bundle.l10n.json` from the texts that the extension hands to `l10n.t`, those of views included: the list
 * that a translation starts from. With `--check` it only says whether the file is up to date. Part of `npm run gen`.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { templateTexts } from '../webviews/protocol/templates.ts'
import { viewTexts } from '../webviews/protocol.ts'

const root = path.join(import.meta.dirname, '..')
const bundleFile = path.join(root, 'l10n', 'bundle.l10n.json')

/** A single-quoted or double-quoted text as the first argument. */
const call = /\bl10n\.t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g

export function localizedTexts(): readonly string[] {
  const texts = globSync('extension/**/*.ts', { cwd: root }).flatMap((file) => {
    const source = readFileSync(path.join(root, file), 'utf8')
    return [...source.matchAll(call)].map((match) => unquoted(match[1] ?? ''))
  })
  return [...new Set([...texts, ...Object.values(viewTexts), ...Object.values(templateTexts)])].sort()
}

function unquoted(literal: string): string {
  const text = literal
    .slice(1, -1)
    .replace(/\\'/g, "'")
    .replace(/(?<!\\)"/g, '\\"')
  return JSON.parse(`"${text}"`)
}

if (process.argv[1] === import.meta.filename) {
  const bundle = `${JSON.stringify(Object.fromEntries(localizedTexts().map((text) => [text, text])), null, 2)}\n`
  if (process.argv.includes('--check')) {
    if (readFileSync(bundleFile, 'utf8') !== bundle) {
      console.error('l10n/bundle.l10n.json is out of date: run `npm run gen`')
      process.exitCode = 1
    }
  } else {
    writeFileSync(bundleFile, bundle)
  }
}
