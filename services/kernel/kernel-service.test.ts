import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BtfBuilder } from '../../analyzers/bpftrace/testing/btf-builder.ts'
import { type BpftraceLocator, createBpftraceLocator } from '../bpftrace/locate-bpftrace.ts'
import { createKernelFacts } from './kernel-service.ts'
import type { KernelPaths } from './live.ts'
import { packSnapshot, unpackSnapshot } from './snapshot-file.ts'

let folder: string
let paths: KernelPaths

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-kernel-'))
  paths = {
    btf: join(folder, 'btf'),
    tracefs: [join(folder, 'unmounted'), join(folder, 'tracing')],
    kallsyms: join(folder, 'kallsyms'),
    release: join(folder, 'osrelease'),
    config: [join(folder, 'config-%')],
  }
  writeFileSync(paths.release, '7.7.7-test\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writeBtf(structName: string): void {
  mkdirSync(paths.btf, { recursive: true })
  const base = new BtfBuilder()
  const int = base.integer('int', 4, true)
  base.struct(structName, 4, [['value', int, 0]])
  const module = new BtfBuilder({ base })
  module.struct('in_module', 4, [['number', int, 0]])
  writeFileSync(join(paths.btf, 'vmlinux'), base.build())
  writeFileSync(join(paths.btf, 'driver'), module.build())
}

function writeTracefs(): void {
  const event = join(folder, 'tracing', 'events', 'test', 'happened')
  mkdirSync(event, { recursive: true })
  writeFileSync(join(folder, 'tracing', 'available_events'), 'test:happened\n')
  writeFileSync(
    join(event, 'format'),
    `name: happened
ID: 1
format:
\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;

\tfield:char comm[16];\toffset:8;\tsize:16;\tsigned:1;
\tfield:int (*callback)(void);\toffset:24;\tsize:8;\tsigned:0;

print fmt: "%s", REC->comm
`,
  )
}

describe('this machine', () => {
  test('says how its kernel was built, where it says so', async () => {
    writeBtf('own')
    writeFileSync(join(folder, 'config-7.7.7-test'), 'CONFIG_BPF=y\n# CONFIG_KPROBES is not set\n')
    const { config } = await createKernelFacts({ source: 'live', paths })
    expect(config?.get('CONFIG_KPROBES')).toBe('n')
  })

  test('is known by its BTF, its modules, its tracepoints and its functions', async () => {
    writeBtf('own')
    writeTracefs()
    writeFileSync(
      paths.kallsyms,
      'ffffffff81000000 T vfs_read\nffffffff81000010 t __pfx_vfs_read\nffffffff81000020 D data\nffffffffc0000000 t probe_it\t[driver]\n',
    )
    const facts = await createKernelFacts({ source: 'live', paths })
    expect(facts.source).toMatchObject({ kind: 'live', kernel: '7.7.7-test' })
    expect(facts.coverage).toEqual({ types: 'complete', functions: 'complete', tracepoints: 'complete' })
    expect(facts.record('struct', 'own')?.fields).toMatchObject([{ name: 'value' }])
    expect(facts.record('struct', 'in_module')?.fields).toMatchObject([{ name: 'number', type: { name: 'int' } }])
    expect(facts.names('function')).toEqual(['probe_it', 'vfs_read'])
    expect(facts.names('module')).toEqual(['driver', 'vmlinux'])
    expect(facts.names('tracepoint')).toEqual(['test:happened'])
    expect(facts.tracepoint('test', 'happened')).toEqual({
      category: 'test',
      event: 'happened',
      fields: [
        { name: 'comm', declaration: 'char comm[16]', offset: 8, size: 16, signed: true },
        { name: 'callback', declaration: 'int (*callback)(void)', offset: 24, size: 8, signed: false },
      ],
      print: '"%s", REC->comm',
    })
    expect(facts.tracepoint('test', 'other')).toBeUndefined()
  })

  test('lets functions be traced where tracefs lists them', async () => {
    writeBtf('own')
    expect((await createKernelFacts({ source: 'live', paths })).functionTracing).toBeUndefined()
    writeTracefs()
    expect((await createKernelFacts({ source: 'live', paths })).functionTracing).toBe(false)
    writeFileSync(join(folder, 'tracing', 'available_filter_functions'), 'vfs_read\n')
    expect((await createKernelFacts({ source: 'live', paths })).functionTracing).toBe(true)
  })

  test('without tracefs has the tracepoints of the snapshot, and says so', async () => {
    writeBtf('own')
    const facts = await createKernelFacts({ source: 'auto', paths })
    expect(facts.source.description).toMatch(/tracefs is not mounted or not readable.*bundled Linux/)
    expect(facts.coverage).toEqual({ types: 'complete', functions: 'partial', tracepoints: 'partial' })
    expect(facts.tracepoint('sched', 'sched_switch')?.fields.length).toBeGreaterThan(5)
    expect(facts.record('struct', 'own')).toBeDefined()
  })

  describe('without tracefs, but with a bpftrace that may read it', () => {
    /** A program that answers after a while, and notes what it was asked. */
    function pretendBpftrace(seconds: number, answer: string): BpftraceLocator {
      const file = join(folder, 'bpftrace')
      const asked = `echo "$@" >> ${join(folder, 'asked')}`
      writeFileSync(
        file,
        `#!/bin/sh\n${asked}\nif [ "$1" = --version ]; then echo bpftrace v0.27.1; exit; fi\nsleep ${seconds}\n${answer}\n`,
      )
      chmodSync(file, 0o755)
      return createBpftraceLocator({ configuredPath: file })
    }
    const listing = `cat ${join(import.meta.dirname, '../../test/fixtures/kernel/tracepoint-listing.txt')}`
    const questions = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n')

    test('has the tracepoints that it lists, and names it; it is asked once', async () => {
      writeBtf('own')
      const bpftrace = pretendBpftrace(0, listing)
      const facts = await createKernelFacts({ source: 'live', paths, bpftrace, patient: true })
      expect(facts.coverage.tracepoints).toBe('complete')
      expect(facts.source.description).toContain(`those that ${join(folder, 'bpftrace')} -lv lists`)
      expect(facts.tracepoint('raw_syscalls', 'sys_enter')?.fields[1]).toMatchObject({ name: 'args', size: 48 })
      expect(await createKernelFacts({ source: 'live', paths, bpftrace, patient: true })).toBe(facts)
      expect(questions()).toEqual(['--version', '-lv tracepoint:*'])
    })

    test('nobody who types waits for it: what it lists comes later', async () => {
      writeBtf('own')
      const bpftrace = pretendBpftrace(1, listing)
      const more = Promise.withResolvers<void>()
      const options = { source: 'live', paths, bpftrace, onMore: more.resolve }
      const facts = await createKernelFacts(options)
      expect(facts.coverage.tracepoints).toBe('partial')
      await more.promise
      expect((await createKernelFacts(options)).coverage.tracepoints).toBe('complete')
    })

    test('that refuses, or prints something else, is no source', async () => {
      writeBtf('own')
      for (const answer of ['echo "ERROR: only root" >&2; exit 1', 'echo what']) {
        const facts = await createKernelFacts({
          source: 'live',
          paths,
          bpftrace: pretendBpftrace(0, answer),
          patient: true,
        })
        expect(facts.source.description).toMatch(/tracepoints are those of the bundled Linux/)
      }
    })

    test('is not asked where tracefs can be read', async () => {
      writeBtf('own')
      writeTracefs()
      const bpftrace = pretendBpftrace(0, listing)
      const facts = await createKernelFacts({ source: 'live', paths, bpftrace, patient: true })
      expect(facts.names('tracepoint')).toEqual(['test:happened'])
      expect(existsSync(join(folder, 'asked'))).toBe(false)
    })
  })

  test('without BTF has the types of the snapshot, and says so', async () => {
    writeTracefs()
    const facts = await createKernelFacts({ source: 'live', paths })
    expect(facts.source.description).toMatch(/has no BTF that can be read.*bundled Linux/)
    expect(facts.coverage).toMatchObject({ types: 'partial', tracepoints: 'complete' })
    expect(facts.record('struct', 'task_struct')?.fields.length).toBeGreaterThan(100)
  })

  test('with BTF of a kind that is not known yet has the types of the snapshot', async () => {
    writeTracefs()
    mkdirSync(paths.btf)
    const newer = new BtfBuilder()
    newer.add(31, { name: 'newer than we are' })
    writeFileSync(join(paths.btf, 'vmlinux'), newer.build())
    const facts = await createKernelFacts({ source: 'live', paths })
    expect(facts.source.description).toMatch(/no BTF that can be read/)
    expect(facts.record('struct', 'task_struct')).toBeDefined()
  })

  test('that shows nothing is replaced by the snapshot, unless it was asked for by name', async () => {
    expect((await createKernelFacts({ source: 'auto', paths })).source).toMatchObject({
      kind: 'snapshot',
      description: expect.stringContaining('This machine shows nothing'),
    })
    await expect(createKernelFacts({ source: 'live', paths })).rejects.toMatchObject({ code: 'KERNEL_UNREADABLE' })
  })

  test('is read once, and again when tracefs gets mounted', async () => {
    writeBtf('own')
    const first = await createKernelFacts({ source: 'live', paths })
    expect(await createKernelFacts({ source: 'live', paths })).toBe(first)
    writeTracefs()
    const second = await createKernelFacts({ source: 'live', paths })
    expect(second.coverage.tracepoints).toBe('complete')
  })
})

describe('the snapshot', () => {
  test('knows types, tracepoints, functions and raw tracepoints of a real kernel', async () => {
    const facts = await createKernelFacts({ source: 'snapshot' })
    expect(facts.source.kind).toBe('snapshot')
    expect(facts.source.description).toContain(`Linux ${facts.source.kernel}`)
    expect(facts.coverage).toEqual({ types: 'partial', functions: 'partial', tracepoints: 'partial' })
    expect(facts.names('struct').length).toBeGreaterThan(5000)
    expect(facts.names('tracepoint').length).toBeGreaterThan(1000)
    expect(facts.names('function')).toContain('vfs_read')
    expect(facts.signature('vfs_read')?.params.map(({ name }) => name)).toEqual(['file', 'buf', 'count', 'pos'])
    expect(facts.rawTracepoint('sched_switch')?.params.length).toBeGreaterThan(2)
    expect(facts.enumerator('TCP_ESTABLISHED')?.value).toBe(1n)
    expect(facts.names('function')).toEqual(facts.names('function').toSorted())
  })

  test('stands in for a version that is named, and says so', async () => {
    const facts = await createKernelFacts({ source: '6.1' })
    expect(facts.source).toMatchObject({
      kind: 'snapshot',
      description: expect.stringContaining('stands in for Linux 6.1'),
    })
  })

  test('file keeps what is packed into it', async () => {
    const snapshot = {
      kernel: '1.2.3',
      machine: 'x86_64',
      btf: new BtfBuilder().build(),
      tracepoints: 'a:b\n\n',
      functions: '+one\n-two',
    }
    const unpacked = await unpackSnapshot(await packSnapshot(snapshot))
    expect({ ...unpacked, btf: Uint8Array.from(unpacked.btf) }).toEqual(snapshot)
  })

  test('file that is damaged, foreign or a bomb is refused in words', async () => {
    const good = await packSnapshot({
      kernel: '1',
      machine: 'm',
      btf: new Uint8Array(1000),
      tracepoints: '',
      functions: '',
    })
    const lying = Buffer.from(good).toString('latin1').replace('"rawBytes":1000', '"rawBytes":0010')
    for (const bytes of [
      Buffer.from('something else'),
      good.subarray(0, good.length - 3),
      Buffer.from(lying, 'latin1'),
      Buffer.from(Buffer.from(good).toString('latin1').replace('"rawBytes":1000', '"rawBytes":9e15'), 'latin1'),
    ]) {
      await expect(unpackSnapshot(bytes)).rejects.toMatchObject({ code: 'INVALID_SNAPSHOT' })
    }
  })
})

describe('a BTF file', () => {
  test('gives the types; it is read again when it changes', async () => {
    writeBtf('before')
    const path = join(paths.btf, 'vmlinux')
    const first = await createKernelFacts({ source: path })
    expect(first.source).toMatchObject({ kind: 'file', description: expect.stringContaining('vmlinux') })
    expect(first.names('struct')).toEqual(['before'])
    expect(await createKernelFacts({ source: path })).toBe(first)
    writeBtf('after')
    utimesSync(path, new Date(), new Date(Date.now() + 5000))
    expect((await createKernelFacts({ source: path })).names('struct')).toEqual(['after'])
  })

  test('that is missing or no BTF is refused in words, also the second time', async () => {
    await expect(createKernelFacts({ source: join(folder, 'missing') })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    writeFileSync(join(folder, 'text'), 'no BTF at all, but some text that is long enough')
    for (const _ of [1, 2]) {
      await expect(createKernelFacts({ source: join(folder, 'text') })).rejects.toMatchObject({ code: 'INVALID_BTF' })
    }
  })
})

test('none answers every question with "unknown"', async () => {
  const facts = await createKernelFacts({ source: 'none' })
  expect(facts.record('struct', 'task_struct')).toBeUndefined()
  expect(facts.names('function')).toEqual([])
  expect(facts.coverage).toEqual({ types: 'none', functions: 'none', tracepoints: 'none' })
})
