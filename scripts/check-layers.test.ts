import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkModule, checkTree, readLayers } from './check-layers.ts'
import { root } from './shared/paths.ts'
import { run } from './shared/process.ts'

const layers = readLayers()
const messages = (file: string, source: string) => checkModule(file, source, layers).map((breach) => breach.message)

describe('an import against the arrows', () => {
  test.each([
    ['analyzers/pprof/top.ts', `import { readFile } from 'node:fs/promises'`, 'node:fs/promises'],
    ['analyzers/pprof/top.ts', `import fs = require('fs')`, 'fs'],
    ['analyzers/bpftrace/check.ts', `import type { Position } from 'vscode-languageserver'`, 'vscode-languageserver'],
    ['analyzers/bpftrace/check.ts', `let p: import('vscode').Position`, 'vscode'],
    ['analyzers/bpftrace/check.ts', `import { top } from '../pprof/top.ts'`, 'analyzers/pprof/top.ts'],
    ['analyzers/bpftrace/check.ts', `export * from '../../services/kernel/btf.ts'`, 'services/kernel/btf.ts'],
    ['services/profiles/store.ts', `const t = await import('../../tools/tool.ts')`, 'tools/tool.ts'],
    ['services/profiles/store.ts', `import Database from 'better-sqlite3'`, 'better-sqlite3'],
    ['language-server/main.ts', `import { store } from '../services/profiles/store.ts'`, 'services/profiles'],
    ['extension/main.ts', `import { draw } from '../webviews/flamegraph/draw.ts'`, 'webviews/flamegraph/draw.ts'],
    [
      'tools/pprof/top.ts',
      `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'`,
      '@modelcontextprotocol/sdk',
    ],
    ['webviews/report/main.ts', `import { join } from 'path'`, 'path'],
    ['cli/main.ts', `import { build } from '../scripts/build.ts'`, 'scripts/build.ts'],
    ['tools/pprof/top.ts', `import './top.test.ts'`, 'top.test.ts'],
  ])('%s: %s', (file, source, named) => {
    expect(messages(file, source)).toEqual([expect.stringContaining(named)])
  })

  test.each([
    ['analyzers/trace/to-profile.ts', `import { top } from '../pprof/top.ts'`],
    ['extension/main.ts', `import type { ToView } from '../webviews/protocol.ts'`],
    ['language-server/main.ts', `import { kernel } from '../services/kernel/index.ts'; import 'node:path'`],
    ['services/database/open.ts', `import Database from 'better-sqlite3'`],
    ['mcp-server/server.ts', `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'`],
    ['analyzers/pprof/top.test.ts', `import { readFileSync } from 'node:fs'; import { test } from 'vitest'`],
  ])('%s may: %s', (file, source) => {
    expect(messages(file, source)).toEqual([])
  })

  test('a module outside every room is a breach', () => {
    expect(messages('analyzers/loose.ts', '')).toEqual(['lies in no room of scripts/layers.json'])
  })
})

describe('a pure room', () => {
  test.each([
    'process.exit(1)',
    'Buffer.from([])',
    'Date.now()',
    'new Date()',
    'Math.random()',
    'setTimeout(f, 1)',
    'fetch(u)',
  ])('may not say %s', (source) => {
    expect(messages('analyzers/pprof/top.ts', source)).toEqual([expect.stringContaining('is pure')])
  })

  test.each(['import(name)', 'await import(folder + "./top.ts")'])(
    'may not import what nobody can name: %s',
    (source) => {
      expect(messages('analyzers/pprof/top.ts', source)).toEqual([expect.stringContaining('must name its module')])
    },
  )

  test.each([
    'export const pid = (task: { process: number }) => task.process',
    'const words = { Buffer: 1, fetch: 2 }',
    'function show(process: string) { return process }',
    'new Date(0).toISOString()',
    'Math.floor(1.5)',
    'interface Row { performance: number; document(): string }',
  ])('may say: %s', (source) => {
    expect(messages('analyzers/pprof/top.ts', source)).toEqual([])
  })
})

describe('the command', () => {
  let folder = ''
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const plant = (files: Record<string, string>) => {
    folder = mkdtempSync(join(tmpdir(), 'tracewright-layers-'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  }
  const check = () => run(process.execPath, [join(root, 'scripts', 'check-layers.ts'), '--root', folder])

  test('fails and names the line where a forbidden import is planted', async () => {
    plant({ 'analyzers/pprof/top.ts': `export const one = 1\nimport * as vscode from 'vscode'\n` })
    const { code, stdout } = await check()
    expect(stdout).toContain('analyzers/pprof/top.ts:2: analyzers/pprof/top.ts may not import the package vscode')
    expect(code).toBe(1)
  })

  test('fails where it finds nothing to read', async () => {
    plant({})
    expect((await check()).code).toBe(1)
  })

  test('passes on a tree that keeps to the arrows', async () => {
    plant({ 'analyzers/pprof/top.ts': `import { UserError } from '../shared/user-error.ts'\nnew UserError()` })
    expect(await check()).toMatchObject({ code: 0 })
  })
})

test('this checkout keeps to the arrows', () => {
  const { modules, breaches } = checkTree(root, layers)
  expect(breaches).toEqual([])
  expect(modules).toBeGreaterThan(20)
})
