/** Functions, build ids and static probes of real files against binutils, for a program built here and for libc. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../analyzers/bpftrace/inspect.ts'
import { factsForProcess } from '../../analyzers/bpftrace/kernel/process-facts.ts'
import { requireVersion } from '../../analyzers/bpftrace/version.ts'
import { binariesOfProcess, readBinary, resolveBinary } from '../../services/kernel/elf.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'

/** A static probe as `sys/sdt.h` would write it, without needing that header. */
const PROGRAM = `
#define WORD_TEXT(x) #x
#define PROBE(provider, name, args, word) __asm__ volatile("990: nop\\n" \\
  ".pushsection .note.stapsdt,\\"\\",\\"note\\"\\n.balign 4\\n.4byte 992f-991f, 994f-993f, 3\\n" \\
  "991: .asciz \\"stapsdt\\"\\n992: .balign 4\\n993: " word " 990b\\n" word " 0\\n" word " 0\\n" \\
  ".asciz \\"" provider "\\"\\n.asciz \\"" name "\\"\\n.asciz \\"" args "\\"\\n994: .balign 4\\n.popsection\\n")
#if __SIZEOF_POINTER__ == 8
#define ADDRESS ".8byte"
#else
#define ADDRESS ".4byte"
#endif
static int hidden(int a) { return a * 3; }
int visible(int a) { PROBE("app", "visible__entry", "-4@%edi 8@%rax", ADDRESS); return hidden(a) + 1; }
#ifdef WAITS
int pause(void);
int main(void) { for (;;) { pause(); visible(1); } }
#else
int main(void) { visible(1); __builtin_trap(); }
#endif
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-elf-'))
  writeFileSync(join(folder, 'program.c'), PROGRAM)
  const build = (name: string, ...flags: string[]) =>
    execFileSync('gcc', ['-O0', '-Wl,--build-id', '-o', join(folder, name), ...flags, join(folder, 'program.c')])
  build('program64')
  build('waiting', '-DWAITS')
  build('program32', '-m32', '-nostdlib', '-shared', '-fno-pic', '-Wl,-z,notext')
  execFileSync('strip', ['-o', join(folder, 'stripped'), join(folder, 'program64')])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Names, addresses and sizes of the functions that readelf lists. */
function readelfFunctions(path: string): ReadonlyMap<string, readonly [number, number]> {
  const text = execFileSync('readelf', ['-sW', path], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const found = new Map<string, readonly [number, number]>()
  const line =
    /^\s*\d+: (?<address>[0-9a-f]+)\s+(?<size>\d+|0x[0-9a-f]+) (?:FUNC|IFUNC)\s+\S+\s+\S+\s+(?!UND)\S+ (?<name>[^@\s]+)/gm
  for (const { groups } of text.matchAll(line)) {
    const address = Number.parseInt(groups?.address ?? '', 16)
    if (address !== 0 && !found.has(groups?.name ?? '')) {
      found.set(groups?.name ?? '', [address, Number(groups?.size)])
    }
  }
  return found
}

describe.each(['program64', 'program32', 'stripped'])('%s', (name) => {
  test('has the functions and the build id that readelf prints', async () => {
    const path = join(folder, name)
    const { functions, buildId, bits } = readBinary(path)
    expect(bits).toBe(name === 'program32' ? 32 : 64)
    const expected = readelfFunctions(path)
    expect(new Map(functions.map((one) => [one.name, [one.address, one.size]]))).toEqual(expected)
    expect(functions.some((one) => one.name === 'hidden')).toBe(name !== 'stripped')
    expect(execFileSync('readelf', ['-nW', path], { encoding: 'utf8' })).toContain(`Build ID: ${buildId}`)
  })

  test('has its static probe', async () => {
    const { usdt, functions } = readBinary(join(folder, name))
    expect(usdt).toMatchObject([
      {
        provider: 'app',
        name: 'visible__entry',
        semaphore: 0,
        arguments: [
          { size: 4, signed: true, place: '%edi' },
          { size: 8, signed: false, place: '%rax' },
        ],
      },
    ])
    const around = functions.find((one) => one.name === 'visible')
    if (around) {
      expect(usdt[0]?.address).toBeGreaterThanOrEqual(around.address)
      expect(usdt[0]?.address).toBeLessThan(around.address + around.size)
    }
  })
})

test('a library named as probes name it is found, with the functions that readelf prints', async () => {
  const path = resolveBinary('libc')
  expect(path).toMatch(/\/libc\.so\.6$/)
  const { functions } = readBinary(path ?? '')
  expect(new Map(functions.map((one) => [one.name, [one.address, one.size]]))).toEqual(readelfFunctions(path ?? ''))
})

test('a program is found on the search path, and nothing else is', async () => {
  expect(resolveBinary('sh', '/usr/bin')).toBe('/usr/bin/sh')
  expect(resolveBinary('no-such-program')).toBeUndefined()
  expect(resolveBinary('/etc')).toBeUndefined()
})

test('probes are completed from the program that they name', async () => {
  const { binaries } = await createKernelFacts({ source: 'live' })
  const path = join(folder, 'program64')
  expect(binaries?.paths(`${folder}/program`)).toEqual(
    ['program.c', 'program32', 'program64'].map((name) => join(folder, name)),
  )
  expect(binaries?.paths('/us')).toEqual(['/usr/'])
  expect(binaries?.find(path)).toMatchObject({
    path,
    functions: expect.arrayContaining(['hidden', 'main', 'visible']),
    usdt: [{ provider: 'app', name: 'visible__entry', arguments: 2 }],
  })
  expect(binaries?.find(join(folder, 'program.c'))).toBeUndefined()
  // A program of 100 MB is read while nobody waits.
  expect(binaries?.find(process.execPath)).toBe('pending')
  await expect.poll(() => binaries?.find(process.execPath), { timeout: 20_000 }).toHaveProperty('functions')
})

test('a running process names its program and its libraries', async () => {
  const child = spawn('sleep', ['30'], { stdio: 'ignore' })
  try {
    await new Promise((resolve) => child.once('spawn', resolve))
    await expect.poll(() => binariesOfProcess(child.pid ?? 0).join('\n')).toMatch(/libc\.so\.6/)
    const [program, ...libraries] = binariesOfProcess(child.pid ?? 0)
    expect(program).toMatch(/\/(?:sleep|coreutils)$/)
    expect(libraries.every((path) => path.startsWith('/'))).toBe(true)
    const { functions } = readBinary(program ?? '')
    expect(Array.isArray(functions)).toBe(true)
  } finally {
    child.kill('SIGKILL')
  }
})

test('static probes of all files of a running process are those that bpftrace lists', async () => {
  const child = spawn(join(folder, 'waiting'), { stdio: 'ignore' })
  try {
    const pid = child.pid ?? 0
    await expect.poll(() => binariesOfProcess(pid).join('\n')).toMatch(/libc\.so\.6/)
    const listed = execFileSync('bpftrace', ['-p', String(pid), '-l', 'usdt:*'], { encoding: 'utf8' })
    const kernel = factsForProcess(await createKernelFacts({ source: 'live', patient: true }), pid)
    const found = kernel.binaries?.find('*')
    const ours = typeof found === 'object' ? found.usdt.map(({ provider, name }) => `${provider}:${name}`) : []
    const theirs = [...listed.matchAll(/^usdt:.*:(\w+:\w+)$/gm)].map(([, name]) => name)
    expect(new Set(ours)).toEqual(new Set(theirs))
    expect(ours).toContain('app:visible__entry')

    const options = { bpftrace: requireVersion('0.17'), kernel }
    const misspelt = inspect('usdt:*:visible__entri { @ = count(); }', options).diagnostics
    expect(misspelt[0]).toMatchObject({ code: 'probe-unknown', fixes: [{ edits: [{ newText: 'visible__entry' }] }] })
    expect(inspect('usdt:*:visible__entry { @ = count(); }', options).diagnostics).toEqual([])
  } finally {
    child.kill('SIGKILL')
  }
})

test('what is no program is refused in words', async () => {
  expect(() => readBinary(join(folder, 'program.c'))).toThrow(/not an ELF file/)
  expect(() => readBinary(folder)).toThrow(/not a regular file|cannot be read/)
  expect(() => readBinary(join(folder, 'missing'))).toThrow(/cannot be read/)
  expect(() => binariesOfProcess(2 ** 22 + 1)).toThrow(/cannot be read/)
})
