import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CType } from '../kernel-facts.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { listedTracepoints, parseTracepointListing } from './tracepoint-listing.ts'

const listing = readFileSync('test/fixtures/kernel/tracepoint-listing.txt', 'utf8')

const integer = (size: number, signed: boolean): CType => ({
  kind: 'integer',
  name: '',
  size,
  signed,
  encoding: 'number',
})
const typedefs: Readonly<Record<string, CType>> = {
  pid_t: integer(4, true),
  dev_t: integer(4, false),
  loff_t: integer(8, true),
  ino_t: integer(8, false),
  sector_t: integer(8, false),
  u32: integer(4, false),
  __u16: integer(2, false),
  __u8: integer(1, false),
}
const types = {
  ...noKernelFacts,
  typedef: (name: string) => typedefs[name] && { kind: 'typedef' as const, name, target: typedefs[name] },
}

function layout(name: string): readonly string[] {
  const [category = '', event = ''] = name.split(':')
  const fields = listedTracepoints(listing, types)?.tracepoint(category, event)?.fields ?? []
  return fields.map(({ name, offset, size, signed }) => `${name} ${offset}+${size}${signed ? ' signed' : ''}`)
}

describe('what bpftrace -lv prints', () => {
  test('names every tracepoint once, in order; a warning before it is none', () => {
    const names = listedTracepoints(listing, types)?.names()
    expect(names).toHaveLength(13)
    expect(names).toEqual(names?.toSorted())
    expect(names).toContain('sched:sched_switch')
  })

  // As the `format` files of the kernel that was recorded have it.
  test.each([
    [
      'sched:sched_switch',
      [
        'prev_comm 8+16',
        'prev_pid 24+4 signed',
        'prev_prio 28+4 signed',
        'prev_state 32+8 signed',
        'next_comm 40+16',
      ].concat(['next_pid 56+4 signed', 'next_prio 60+4 signed']),
    ],
    [
      'block:block_rq_issue',
      ['dev 8+4', 'sector 16+8', 'nr_sector 24+4', 'bytes 28+4', 'ioprio 32+2', 'rwbs 34+10'].concat([
        'comm 44+16',
        'cmd 60+4',
      ]),
    ],
    ['ipi:ipi_send_cpumask', ['cpumask 8+4', 'callsite 16+8', 'callback 24+8']],
    ['syscalls:sys_enter_openat', ['__syscall_nr 8+4 signed', 'dfd 16+8', 'filename 24+8', 'flags 32+8', 'mode 40+8']],
    ['syscalls:sys_exit_openat', ['__syscall_nr 8+4 signed', 'ret 16+8 signed']],
    ['raw_syscalls:sys_enter', ['id 8+8 signed', 'args 16+48']],
  ])('%s lies in memory as the kernel says', (name, expected) => {
    expect(layout(name)).toEqual(expected)
  })

  test('keeps declarations as tracefs has them', () => {
    const format = listedTracepoints(listing, types)?.tracepoint('syscalls', 'sys_enter_openat')
    expect(format?.fields[2]).toMatchObject({ name: 'filename', declaration: 'const char * filename' })
    expect(format?.print).toBeUndefined()
  })

  test('a type that nobody knows is as wide as a register', () => {
    const facts = listedTracepoints('tracepoint:a:b\n    strange_t x\n    int y\n', noKernelFacts)
    expect(facts?.tracepoint('a', 'b')?.fields).toMatchObject([
      { name: 'x', offset: 8, size: 8 },
      { name: 'y', offset: 16, size: 4, signed: true },
    ])
  })

  test('a text without tracepoints is no listing', () => {
    expect(
      listedTracepoints('ERROR: bpftrace currently only supports running as the root user.\n', types),
    ).toBeUndefined()
    expect(listedTracepoints('', types)).toBeUndefined()
    expect(listedTracepoints(listing, types)?.tracepoint('sched', 'none')).toBeUndefined()
  })

  test('no text is too strange to be read', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'tracepoint:a:b',
        'tracepoint:syscalls:c',
        '    int x',
        '    __data_loc char[] s',
        '    u8 a[2][',
        '',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        for (const name of parseTracepointListing(text).keys()) {
          const [category = '', event = ''] = name.split(':')
          const fields = listedTracepoints(text, types)?.tracepoint(category, event)?.fields ?? []
          for (const { name, offset, size } of fields) {
            expect(name).not.toBe('')
            expect(Number.isSafeInteger(offset + size)).toBe(true)
          }
        }
      }),
    )
  })
})
