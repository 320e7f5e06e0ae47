import { expect, test } from 'vitest'
import { factsForProcess } from './kernel/process-facts.ts'
import type { BinaryNames } from './kernel-facts.ts'
import { expandAttachPoint } from './probe-expansion.ts'
import { fixture, smallKernel } from './testing/context.ts'

const shell: BinaryNames = {
  path: '/usr/bin/shell',
  functions: ['main', 'read_command', 'read_line'],
  usdt: [
    { provider: 'shell', name: 'line__start', arguments: 2 },
    { provider: 'shell', name: 'line__start', arguments: 2 },
    { provider: 'memory', name: 'alloc', arguments: 1 },
  ],
}
const kernel = factsForProcess(
  {
    ...smallKernel,
    binaries: {
      find: (target) => (target === shell.path ? shell : undefined),
      paths: () => [],
      ofProcess: () => [shell.path],
    },
  },
  7,
)

function expansion(probe: string): readonly string[] | undefined {
  const { context } = fixture(`${probe} { }`, { kernel })
  const [item] = context.tree.program.items
  const point = item?.kind === 'Probe' ? item.attachPoints[0] : undefined
  if (!point) throw new Error('no attach point')
  return expandAttachPoint(context, point)
}

test.each([
  ['kprobe:vfs_*', ['kprobe:vfs_open', 'kprobe:vfs_read', 'kprobe:vfs_write']],
  ['k:*_read', ['kprobe:vfs_read']],
  ['tracepoint:syscalls:*', ['tracepoint:syscalls:sys_enter_openat', 'tracepoint:syscalls:sys_exit_openat']],
  ['tracepoint:*:*switch', ['tracepoint:sched:sched_switch']],
  ['kprobe:vfs_read', undefined],
  ['uprobe:/bin/bash:*', undefined],
  ['kprobe:nothing_*', []],
  ['u:/usr/bin/shell:read_*', ['uprobe:/usr/bin/shell:read_command', 'uprobe:/usr/bin/shell:read_line']],
  ['uprobe:/usr/bin/shell:main', undefined],
  ['usdt:/usr/bin/shell:*', ['usdt:/usr/bin/shell:memory:alloc', 'usdt:/usr/bin/shell:shell:line__start']],
  ['usdt:/usr/bin/shell:shell:*', ['usdt:/usr/bin/shell:shell:line__start']],
  ['usdt:*:alloc', ['usdt:*:memory:alloc']],
])('%s', (probe, expected) => {
  expect(expansion(probe)).toEqual(expected)
})
