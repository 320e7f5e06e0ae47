import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { expectedFiles, inspectPackage } from './package.ts'
import { root } from './shared/paths.ts'
import { binaryKind, isTarget, nativeBinaries, type Target } from './shared/targets.ts'

const prebuilt = (name: string) =>
  new Uint8Array(readFileSync(join(root, 'node_modules', 'better-sqlite3', 'prebuilds', `${name}.node`)))

test.each(Object.entries(nativeBinaries))('the binary for %s is known by its header', (target, name) => {
  expect(binaryKind(prebuilt(name))).toBe(target.replace('alpine', 'linux'))
})

test('what is no binary is not taken for one', () => {
  expect(binaryKind(new Uint8Array())).toBe('unknown')
  expect(binaryKind(strToU8('#!/bin/sh\n'.repeat(20)))).toBe('unknown')
  expect(binaryKind(new Uint8Array([0x4d, 0x5a, ...new Uint8Array(62).fill(255)]))).toBe('unknown')
})

test('targets are those of the list', () => {
  expect(isTarget('linux-x64')).toBe(true)
  expect(isTarget('web')).toBe(false)
  expect(isTarget('toString')).toBe(false)
})

describe('a package', () => {
  const inspect = (target: Target, change: (files: Record<string, Uint8Array>) => void = () => undefined) => {
    const files: Record<string, Uint8Array> = { 'extension.vsixmanifest': strToU8('<xml/>') }
    for (const file of expectedFiles()) files[`extension/${file.replace('*', nativeBinaries[target])}`] = strToU8('')
    files[`extension/dist/better_sqlite3-${nativeBinaries[target]}.node`] = prebuilt(nativeBinaries[target])
    change(files)
    const folder = mkdtempSync(join(tmpdir(), 'tracewright-package-'))
    const path = join(folder, 'x.vsix')
    writeFileSync(path, zipSync(files, { level: 0 }))
    try {
      return inspectPackage(path, target)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test.each(['linux-x64', 'alpine-arm64', 'darwin-arm64', 'win32-x64'] as const)(
    'for %s passes with what is listed',
    (target) => {
      expect(inspect(target).files).toHaveLength(expectedFiles().length)
    },
  )

  test('with the binary of another platform is refused', () => {
    expect(() =>
      inspect('darwin-arm64', (files) => {
        files['extension/dist/better_sqlite3-darwin-arm64.node'] = prebuilt('linux-x64')
      }),
    ).toThrow('better_sqlite3-darwin-arm64.node is a binary for linux-x64')
  })

  test('with a file too many or too few is refused', () => {
    expect(() =>
      inspect('linux-x64', (files) => {
        files['extension/dist/cli.js.map'] = strToU8('{}')
        delete files['extension/package.json']
      }),
    ).toThrow(/holds dist\/cli\.js\.map[\s\S]*lacks package\.json/)
  })

  test('beyond the size budget is refused', () => {
    expect(() =>
      inspect('linux-x64', (files) => {
        files['extension/readme.md'] = new Uint8Array(13 * 1024 * 1024)
      }),
    ).toThrow(/bytes, more than/)
  })
})
