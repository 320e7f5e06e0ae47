import { expect, test } from 'vitest'
import { expandAttachPoint } from './probe-expansion.ts'
import { fixture } from './testing/context.ts'

function expansion(probe: string): readonly string[] | undefined {
  const { context } = fixture(`${probe} { }`)
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
])('%s', (probe, expected) => {
  expect(expansion(probe)).toEqual(expected)
})
