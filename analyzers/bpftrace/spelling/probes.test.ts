import { expect, test } from 'vitest'
import type { BinaryNames, KernelFacts } from '../kernel-facts.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { fixture } from '../testing/context.ts'
import { missingTarget } from './probes.ts'

const server: BinaryNames = {
  path: '/srv/server',
  functions: ['accept_one', 'main', 'serve'],
  usdt: [
    { provider: 'server', name: 'request__start', arguments: 1 },
    { provider: 'server', name: 'request__done', arguments: 2 },
  ],
}

const names: Readonly<Record<string, readonly string[]>> = {
  tracepoint: ['sched:sched_switch', 'sched:sched_wakeup', 'syscalls:sys_enter_read', 'xfs:xfs_read'],
  function: ['tcp_sendmsg', 'vfs_read', 'vfs_write'],
  rawtracepoint: ['sched_switch'],
  module: ['ext4', 'vmlinux'],
}

const elsewhere: KernelFacts = {
  ...noKernelFacts,
  coverage: { types: 'none', functions: 'partial', tracepoints: 'partial' },
  names: (kind) => names[kind] ?? [],
}
const machine: KernelFacts = {
  ...elsewhere,
  coverage: { types: 'none', functions: 'complete', tracepoints: 'complete' },
  binaries: {
    find: (target) => (target === server.path ? server : target === '/srv/large' ? 'pending' : undefined),
    paths: (prefix) => ['/srv/large', '/srv/server'].filter((path) => path.startsWith(prefix)),
  },
}
function mended(attachPoint: string, kernel: KernelFacts): string | undefined {
  const { context, source } = fixture(`${attachPoint} { print(1); }`, { kernel })
  const [item] = context.tree.program.items
  const point = item?.kind === 'Probe' ? item.attachPoints[0] : undefined
  const missing = point && missingTarget(context, point)
  if (missing === undefined) return undefined
  const { meant } = missing
  return meant ? source.slice(0, meant.span.start) + meant.text + attachPoint.slice(meant.span.end) : 'missing'
}

test.each([
  ['tracepoint:sched:sched_swich', 'tracepoint:sched:sched_switch'],
  ['tracepoint:shced:sched_switch', 'tracepoint:sched:sched_switch'],
  ['tracepoint:xsf:xfs_raed', 'tracepoint:xfs:xfs_read'],
  ['tracepoint:sched:sys_enter_read', 'tracepoint:syscalls:sys_enter_read'],
  ['tracepoint:syscals:sys_enter_*', 'tracepoint:syscalls:sys_enter_*'],
  ['tracepoint:nothing:like_it', 'missing'],
  ['rawtracepoint:sched_swicth', 'rawtracepoint:sched_switch'],
  ['kprobe:vfs_raed', 'kprobe:vfs_read'],
  ['kprobe:vfs_raed+4', 'kprobe:vfs_read+4'],
  ['fentry:ext3:vfs_read', 'fentry:ext4:vfs_read'],
  ['fentry:vmlinux:tcp_sendmgs', 'fentry:vmlinux:tcp_sendmsg'],
  ['uprobe:/srv/server:srve', 'uprobe:/srv/server:serve'],
  ['uprobe:/srv/sevrer:serve', 'uprobe:/srv/server:serve'],
  ['usdt:/srv/server:server:request__strat', 'usdt:/srv/server:server:request__start'],
  ['usdt:/srv/server:sevrer:request__start', 'usdt:/srv/server:server:request__start'],
  ['usdt:/srv/server:requst__done', 'usdt:/srv/server:request__done'],
  ['usdt:/srv/server:server:nothing', 'missing'],
])('%s on this machine: %s', (written, expected) => {
  expect(mended(written, machine)).toBe(expected)
})

test.each([
  'tracepoint:sched:sched_switch',
  'tracepoint:sched:*',
  'kprobe:vfs_*',
  'kprobe:0xffffffff81000000',
  'uprobe:/srv/large:anything',
  'uprobe:/srv/server:inlined_everywhere',
  'uprobe:/srv/server:0x1234',
  'uprobe:$1:serve',
  'begin',
])('nothing is said of %s', (written) => {
  expect(mended(written, machine)).toBeUndefined()
})

test('where the kernel is not at hand only what is nearly one of its names is called missing', () => {
  expect(mended('kprobe:vfs_raed', elsewhere)).toBe('kprobe:vfs_read')
  expect(mended('kprobe:of_another_kernel', elsewhere)).toBeUndefined()
  expect(mended('tracepoint:other:event_there', elsewhere)).toBeUndefined()
  expect(mended('uprobe:libc:mallco', elsewhere)).toBe('uprobe:libc:malloc')
  expect(mended('uprobe:/usr/lib/libssl.so.3:SSL_raed', elsewhere)).toBe('uprobe:/usr/lib/libssl.so.3:SSL_read')
  expect(mended('uprobe:libc:calloc', elsewhere)).toBeUndefined()
})
