import { mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildElf, ElfWriter } from '../../analyzers/bpftrace/testing/elf-builder.ts'
import { createBinaries } from './binaries.ts'

const shape = { bits: 64, littleEndian: true } as const
const LARGE = 4 * 1024 * 1024

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-binaries-'))
  path = join(folder, 'program')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program with these functions, in a file of at least that size. */
function writeProgram(names: readonly string[], size = 0): void {
  const strings = new ElfWriter(shape).number(0, 1)
  const table = new ElfWriter(shape).number(0, 4).number(0, 4).word(0).word(0)
  for (const name of names) {
    table.number(strings.length, 4).number(2, 1).number(0, 1).number(1, 2).word(0x1000).word(8)
    strings.text(name)
  }
  const bytes = buildElf(shape, [
    { name: '.symtab', type: 2, bytes: table.build(), link: 2 },
    { name: '.strtab', type: 3, bytes: strings.build() },
  ])
  writeFileSync(path, bytes)
  if (size > bytes.length) truncateSync(path, size)
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `function_${String((index * 7919) % count).padStart(6, '0')}`)

describe('programs on this machine', () => {
  test('a small one is read at once', () => {
    writeProgram(['serve', 'accept_one'])
    expect(createBinaries().find(path)).toMatchObject({ path, functions: ['accept_one', 'serve'] })
  })

  test('what may not be looked at is not there', () => {
    const binaries = createBinaries()
    // A folder is looked for behind a file, as behind a folder that may not be entered.
    writeFileSync(path, '')
    expect(binaries.find(join(path, 'behind'))).toBeUndefined()
    expect(binaries.find('/proc/1/root/bin/no-such-program')).toBeUndefined()
    expect(binaries.paths('/proc/1/root/')).toBeInstanceOf(Array)
  })

  test('a large one is read between other work', async () => {
    const names = many(6000)
    writeProgram(names, LARGE)
    const binaries = createBinaries()
    expect(binaries.find(path)).toBe('pending')
    let turns = 0
    while (binaries.find(path) === 'pending') {
      turns++
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    expect(turns).toBeGreaterThan(1)
    expect(binaries.find(path)).toMatchObject({ functions: names.toSorted() })
  })

  test('a large one is waited for by who is patient', () => {
    writeProgram(['serve'], LARGE)
    expect(createBinaries(true).find(path)).toMatchObject({ functions: ['serve'] })
  })

  test('one that was built anew is read anew', () => {
    writeProgram(['before'])
    const binaries = createBinaries()
    expect(binaries.find(path)).toMatchObject({ functions: ['before'] })
    writeProgram(['after'])
    utimesSync(path, 1, 1)
    expect(binaries.find(path)).toMatchObject({ functions: ['after'] })
  })

  test('what is no program is none, until it is one', () => {
    writeFileSync(path, '#!/bin/sh\n')
    const binaries = createBinaries()
    expect(binaries.find(path)).toBeUndefined()
    expect(binaries.find(join(folder, 'missing'))).toBeUndefined()
    writeProgram(['compiled'])
    expect(binaries.find(path)).toMatchObject({ functions: ['compiled'] })
  })
})
