import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { parseKernelConfig, readKernelConfig } from './kernel-config.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kernel-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text =
  '#\n# Linux/x86 6.1.0 Kernel Configuration\n#\nCONFIG_BPF=y\nCONFIG_LOCALVERSION="-x"\n# CONFIG_KPROBES is not set\n'

test('options that are set, and those that are said not to be', () => {
  expect([...(parseKernelConfig(text) ?? [])]).toEqual([
    ['CONFIG_BPF', 'y'],
    ['CONFIG_LOCALVERSION', '"-x"'],
    ['CONFIG_KPROBES', 'n'],
  ])
  expect(parseKernelConfig('nothing of the kind')).toBeUndefined()
})

test('the first place that has one, packed or plain, with the release in its name', async () => {
  writeFileSync(path.join(folder, 'config.gz'), gzipSync(text))
  writeFileSync(path.join(folder, 'config-6.1.0'), 'CONFIG_BPF=n\n')
  writeFileSync(path.join(folder, 'broken.gz'), Buffer.from([0x1f, 0x8b, 1, 2, 3]))
  const at = (...names: string[]) => names.map((name) => path.join(folder, name))
  expect((await readKernelConfig(at('none', 'broken.gz', 'config.gz', 'config-%'), '6.1.0'))?.get('CONFIG_BPF')).toBe(
    'y',
  )
  expect((await readKernelConfig(at('config-%', 'config.gz'), '6.1.0'))?.get('CONFIG_BPF')).toBe('n')
  expect(await readKernelConfig(at('none', 'config-%'), '')).toBeUndefined()
})
