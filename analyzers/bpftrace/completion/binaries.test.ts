import { describe, expect, test } from 'vitest'
import { factsForProcess } from '../kernel/process-facts.ts'
import type { BinaryNames, KernelFacts } from '../kernel-facts.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { fixture } from '../testing/context.ts'
import { complete } from './complete.ts'

const shell: BinaryNames = {
  path: '/usr/bin/shell',
  functions: ['main', 'read_command', 'readline'],
  usdt: [
    { provider: 'shell', name: 'line__start', arguments: 2 },
    { provider: 'shell', name: 'line__start', arguments: 2 },
    { provider: 'memory', name: 'alloc', arguments: 1 },
  ],
}
const targets: Readonly<Record<string, BinaryNames | 'pending'>> = {
  '/usr/bin/shell': shell,
  '/usr/bin/huge': 'pending',
  '/usr/lib/libmemory.so': {
    path: '/usr/lib/libmemory.so',
    functions: [],
    usdt: [{ provider: 'memory', name: 'free', arguments: 1 }],
  },
}
const kernel: KernelFacts = {
  ...noKernelFacts,
  binaries: {
    find: (target) => targets[target],
    isThere: (target) => target === 'libc',
    running: () => [{ path: '/usr/bin/shell', pid: 7 }],
    ofProcess: (pid) => (pid === 7 ? ['/usr/bin/shell', '/usr/lib/libmemory.so'] : undefined),
    paths: (prefix) => ['/usr/bin/', '/usr/bin/shell'].filter((path) => path.startsWith(prefix)),
  },
}

function completed(marked: string, facts: KernelFacts = kernel) {
  const { context, offset } = fixture(marked, { kernel: facts })
  return complete(context, offset)
}

const labels = (marked: string) => completed(marked).items.map(({ label }) => label)

describe('a uprobe', () => {
  test('is completed folder by folder, then by function', () => {
    expect(completed('uprobe:/usr$0').items).toMatchObject([
      { label: '/usr/bin/', insert: '/usr/bin/', next: 'completion' },
      { label: '/usr/bin/shell', insert: '/usr/bin/shell:', next: 'completion' },
    ])
    expect(labels('uretprobe:/usr/bin/shell:readl$0')).toContain('readline')
    expect(labels('uprobe:/usr/bin/shell:$0')).toEqual(['main', 'read_command', 'readline'])
  })

  test('begins with the root, libraries by name, and what runs', () => {
    expect(completed('uprobe:$0').items).toMatchObject([
      { label: '/' },
      { label: 'libc', insert: 'libc:' },
      { label: '/usr/bin/shell', insert: '/usr/bin/shell:', detail: 'running, pid 7' },
    ])
  })

  test('of a file that is still being read is asked for again', () => {
    expect(completed('uprobe:/usr/bin/huge:$0')).toMatchObject({ items: [], incomplete: true })
  })

  test('of what is no program, or where no program can be looked at, has nothing', () => {
    expect(completed('uprobe:/usr/bin/missing:$0')).toMatchObject({ items: [], incomplete: false })
    expect(completed('uprobe:/usr/bin/shell:$0', noKernelFacts).items).toEqual([])
  })
})

describe('a USDT probe', () => {
  test('is completed by provider or at once by name, each place once', () => {
    expect(completed('usdt:/usr/bin/shell:$0').items).toMatchObject([
      { label: 'shell', insert: 'shell:', detail: 'provider' },
      { label: 'line__start', insert: 'line__start', detail: 'shell, 2 arguments' },
      { label: 'memory', insert: 'memory:' },
      { label: 'alloc', detail: 'memory, 1 argument' },
    ])
    expect(labels('usdt:/usr/bin/shell:memory:$0')).toEqual(['alloc'])
  })
})

describe('a program about one process', () => {
  const facts = factsForProcess(kernel, 7)

  test('has the files of the process as targets, and all of them at once for static probes', () => {
    expect(completed('usdt:$0', facts).items).toMatchObject([
      { label: '*', insert: '*:', detail: 'every file of process 7' },
      { label: '/usr/bin/shell', detail: 'process 7' },
      { label: '/usr/lib/libmemory.so', detail: 'process 7' },
      { label: '/' },
      { label: 'libc' },
    ])
    expect(completed('uprobe:$0', facts).items[0]).toMatchObject({ label: '/usr/bin/shell' })
    expect(completed('usdt:*:memory:$0', facts).items.map(({ label }) => label)).toEqual(['alloc', 'free'])
  })

  test('is the same object for the same process, and changes nothing where the process is gone', () => {
    expect(factsForProcess(kernel, 7)).toBe(facts)
    expect(facts.binaries?.find('*')).toBe(facts.binaries?.find('*'))
    expect(factsForProcess(kernel, 8).binaries?.find('*')).toBeUndefined()
    expect(completed('usdt:$0', factsForProcess(kernel, 8)).items[0]).toMatchObject({ label: '/' })
    expect(factsForProcess(kernel, undefined)).toBe(kernel)
    expect(factsForProcess(noKernelFacts, 7)).toBe(noKernelFacts)
  })
})
