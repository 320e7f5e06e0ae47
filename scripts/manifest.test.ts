/** What the extension promises in package.json, held against the rules of the editor, the Marketplace and our own. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { root } from './shared/paths.ts'

const Manifest = z.looseObject({
  version: z.string(),
  icon: z.string(),
  categories: z.array(z.string()),
  keywords: z.array(z.string()),
  engines: z.object({ vscode: z.string(), node: z.string() }),
  extensionKind: z.array(z.string()),
  activationEvents: z.array(z.string()),
  capabilities: z.object({
    untrustedWorkspaces: z.object({ supported: z.string(), restrictedConfigurations: z.array(z.string()) }),
    virtualWorkspaces: z.object({ supported: z.string() }),
  }),
  devDependencies: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  contributes: z.looseObject({
    commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.string() })),
    languages: z.array(z.looseObject({ id: z.string(), extensions: z.array(z.string()), firstLine: z.string() })),
    views: z.record(z.string(), z.array(z.looseObject({ id: z.string(), name: z.string() }))),
    customEditors: z.array(z.looseObject({ viewType: z.string(), priority: z.string() })),
    configuration: z.array(z.object({ properties: z.record(z.string(), z.unknown()) })),
    mcpServerDefinitionProviders: z.array(z.object({ id: z.string(), label: z.string() })),
  }),
})

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = Manifest.parse(JSON.parse(read('package.json')))
const { contributes } = manifest
const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties))

test('the names that others rely on', () => {
  expect(contributes.languages.map(({ id }) => id)).toEqual(['bpftrace'])
  expect(contributes.views.explorer?.map(({ id, name }) => ({ id, name }))).toEqual([
    { id: 'tracewright.explorer', name: 'Tracewright' },
  ])
  expect(contributes.customEditors.find(({ viewType }) => viewType === 'tracewright.profile')?.priority).toBe('default')
  expect(contributes.mcpServerDefinitionProviders).toEqual([{ id: 'tracewright.mcp', label: 'Tracewright' }])
  for (const name of ['bpftrace.path', 'bpftrace.version', 'kernel.source'])
    expect(settings).toContain(`tracewright.${name}`)
})

test('every id starts with our name and every command is in our category', () => {
  const commands = contributes.commands.map(({ command }) => command)
  const ids = [...commands, ...settings, ...contributes.customEditors.map(({ viewType }) => viewType)]
  expect(ids.filter((id) => !id.startsWith('tracewright.'))).toEqual([])
  expect(contributes.commands.filter(({ category }) => category !== 'Tracewright')).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

test('nothing is activated before it is wanted', () => {
  expect(manifest.activationEvents.filter((event) => event === '*' || event === 'onStartupFinished')).toEqual([])
})

test('every text of the manifest that is looked up is there, and no other', () => {
  const used = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key))
  const texts: Record<string, string> = JSON.parse(read('package.nls.json'))
  expect([...used].toSorted()).toEqual(Object.keys(texts).toSorted())
})

test('a workspace that is not trusted may not name programs or files', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities
  expect(untrustedWorkspaces.supported).toBe('limited')
  expect(untrustedWorkspaces.restrictedConfigurations).toEqual(
    expect.arrayContaining(['tracewright.bpftrace.path', 'tracewright.kernel.source']),
  )
  expect(virtualWorkspaces.supported).toBe('limited')
  expect(manifest.extensionKind).toEqual(['workspace'])
})

describe('the Marketplace', () => {
  test('takes at most 30 keywords and only categories that it knows', () => {
    const known = [
      'Programming Languages',
      'Linters',
      'Formatters',
      'Snippets',
      'Visualization',
      'AI',
      'Debuggers',
      'Other',
    ]
    expect(manifest.keywords.length).toBeLessThanOrEqual(30)
    expect(manifest.categories.filter((category) => !known.includes(category))).toEqual([])
  })

  test('wants a PNG of at least 128 pixels as icon', () => {
    const png = readFileSync(join(root, manifest.icon))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(128)
    expect(png.readUInt32BE(20)).toBe(png.readUInt32BE(16))
  })
})

test('versions are exact, and the editor types are no newer than the oldest editor', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`)
})

test('files that the manifest names are there', () => {
  const named = [...read('package.json').matchAll(/"\.\/((?:syntaxes|snippets|media)\/[^"]+)"/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
