/** The language server in an editor that is not VS Code, over `tracewright lsp --stdio`. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cliFile } from './cli-process.ts'

interface Report {
  readonly diagnosed: boolean
  readonly corrected: boolean
  readonly diagnostics: readonly { line: number; column: number; message: string; source: string; code: string }[]
  readonly hover: { readonly contents: { readonly value: string } }
  readonly completion: { readonly items: readonly { readonly label: string }[] }
  readonly symbols: readonly { readonly name: string }[]
}

let folder: string
let report: Report

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'neovim-'))
  const script = path.join(folder, 'reads.bt')
  const out = path.join(folder, 'report.json')
  writeFileSync(script, '// Reads\nkprobe:vfs_read { @[comm] = count(); }\nEND { $x = ; }\n')
  execFileSync('nvim', ['--headless', '--clean', '-c', `luafile ${path.join(import.meta.dirname, 'neovim.lua')}`], {
    timeout: 50_000,
    env: {
      ...process.env,
      HOME: folder,
      TRACEWRIGHT_NODE: process.execPath,
      TRACEWRIGHT_CLI: cliFile,
      TRACEWRIGHT_SCRIPT: script,
      TRACEWRIGHT_OUT: out,
    },
  })
  report = JSON.parse(readFileSync(out, 'utf8'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('diagnostics are shown where they belong and go when the program is corrected', () => {
  expect(report.diagnosed).toBe(true)
  expect(report.diagnostics).toMatchObject([{ line: 2, source: 'bpftrace', code: 'syntax' }])
  expect(report.corrected).toBe(true)
})

test('hover, completion and symbols answer', () => {
  expect(report.hover.contents.value).toContain('comm: string[16]')
  expect(report.completion.items.map(({ label }) => label)).toContain('comm')
  expect(report.symbols.map(({ name }) => name)).toEqual(['kprobe:vfs_read', 'END'])
})
