/** Names for bare addresses: a program compiled here, its addresses as `nm` lists them, loaded at another place. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importForeign } from '../../analyzers/pprof/imports/index.ts'
import { createPathPolicy } from '../../services/paths/path-policy.ts'
import { symbolizeProfile } from '../../services/profiles/symbolize-profile.ts'
import { profileRows } from '../profile-rows.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'symbolize-'))
const program = path.join(folder, 'program')
const base = 0x7f0000000000n
let functions: { readonly name: string; readonly address: bigint }[]

beforeAll(() => {
  const source = path.join(folder, 'program.c')
  writeFileSync(
    source,
    'int inner(int x) { return x * 3; }\nint outer(int x) { return inner(x) + 1; }\nint main(void) { return outer(2); }\n',
  )
  execFileSync('gcc', ['-O0', '-pie', '-fPIE', '-o', program, source])
  const listed = execFileSync('nm', ['--defined-only', program], { encoding: 'utf8' })
  functions = [...listed.matchAll(/^([0-9a-f]+) T (inner|outer|main)$/gm)].map(([, address = '0', name = '']) => ({
    name,
    address: BigInt(`0x${address}`),
  }))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A goroutine-like profile with one stack: inner, called by outer, called by main; return addresses two bytes in. */
function profileAt(file: string) {
  const order = ['inner', 'outer', 'main'].map((name) => functions.find((each) => each.name === name)?.address ?? 0n)
  const stack = order.map((address) => `0x${(base + address + 2n).toString(16)}`).join(' ')
  const end = (base + 0x100000n).toString(16)
  const text = `goroutine profile: total 1\n1 @ ${stack}\nMAPPED_LIBRARIES:\n${base.toString(16)}-${end} r-xp 00000000 08:01 1 ${file}\n`
  const profile = importForeign(new TextEncoder().encode(text))
  if (profile === undefined) throw new Error('not recognised')
  return profile
}

const paths = createPathPolicy(undefined)

test('addresses of a position-independent program get the names that nm gives', () => {
  expect(functions).toHaveLength(3)
  const { profile, named, unnamed, binaries } = symbolizeProfile(profileAt(program), { folders: [], paths })
  expect(profileRows(profile)).toEqual(['inner < outer < main = 1'])
  expect({ named, unnamed }).toEqual({ named: 3, unnamed: 0 })
  expect(binaries).toEqual([{ mapping: program, path: program }])
})

test('a binary that moved is found by its base name in a given folder', () => {
  const { profile } = symbolizeProfile(profileAt('/elsewhere/program'), { folders: [folder], paths })
  expect(profileRows(profile)).toEqual(['inner < outer < main = 1'])
})

test('a binary that is not there leaves the addresses and says so', () => {
  const { named, unnamed, notes } = symbolizeProfile(profileAt('/elsewhere/program'), { folders: [], paths })
  expect({ named, unnamed }).toEqual({ named: 0, unnamed: 3 })
  expect(notes).toEqual(['`/elsewhere/program` is not at hand'])
})
