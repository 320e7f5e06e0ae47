/** The licence texts that come with bundled code: one notice for each npm package that went into any bundle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** `node_modules/@scope/name/lib/x.js` → `node_modules/@scope/name`; nested installs keep their whole path. */
export function packageFolder(input: string): string | undefined {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
  return match?.[1]
}

function field(manifest: unknown, name: string): string {
  if (typeof manifest !== 'object' || manifest === null || !(name in manifest)) return ''
  const value: unknown = Object.entries(manifest).find(([key]) => key === name)?.[1]
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : ''
}

function notice(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const licence = readdirSync(join(root, folder)).find((file) => /^(licen[cs]e|copying)/i.test(file))
  const text = licence
    ? readFileSync(join(root, folder, licence), 'utf8').trim()
    : `Licence: ${field(manifest, 'license')}. The package carries no licence text. Author: ${field(manifest, 'author')}`
  return `${field(manifest, 'name')} ${field(manifest, 'version')} (${field(manifest, 'license')})\n\n${text}\n`
}

export function notices(inputs: Iterable<string>): string {
  const folders = new Set<string>()
  for (const input of inputs) {
    const folder = packageFolder(input)
    if (folder && existsSync(join(root, folder, 'package.json'))) folders.add(folder)
  }
  const rule = `\n${'-'.repeat(78)}\n\n`
  const head = 'Tracewright contains code of the packages below, each under its own licence.\n'
  return [head, ...[...folders].toSorted().map(notice)].join(rule)
}
