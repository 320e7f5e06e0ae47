import { describe, expect, test } from 'vitest'
import { smallKernel } from '../testing/context.ts'
import { requireVersion } from '../version.ts'
import { optimizations } from './optimizations.generated.ts'
import { optimize } from './optimize.ts'

function optimized(program: string, { version = '0.27', keepOutput = false } = {}) {
  const options = { bpftrace: requireVersion(version), kernel: smallKernel, cpus: 8, keepOutput }
  const { program: text, suggestions } = optimize(program, options)
  return { text: text.replace(/\s+/g, ' ').trim(), suggestions }
}

describe('what is rewritten', () => {
  test.each([
    [
      'predicate-earlier',
      'tracepoint:sched:sched_switch { if (pid == 7) { @ = count(); } }',
      'tracepoint:sched:sched_switch /pid == 7/ { @ = count(); }',
    ],
    [
      'predicate-earlier',
      'tracepoint:sched:sched_switch /uid == 0/ { if (pid == 7) { @ = count(); } }',
      'tracepoint:sched:sched_switch /(uid == 0) && (pid == 7)/ { @ = count(); }',
    ],
    [
      'predicate-earlier',
      'tracepoint:sched:sched_switch { if (pid < 7) { return; } @ = count(); }',
      'tracepoint:sched:sched_switch /pid >= 7/ { @ = count(); }',
    ],
    [
      'aggregate-in-kernel',
      'tracepoint:syscalls:sys_enter_openat { printf("%s %d\\n", comm, pid); }',
      'tracepoint:syscalls:sys_enter_openat { @[comm, pid] = count(); }',
    ],
    [
      'aggregate-in-kernel',
      'tracepoint:sched:sched_switch { $took = nsecs - @; printf("%s %d\\n", comm, $took); @ = nsecs; }',
      'tracepoint:sched:sched_switch { $took = nsecs - @; @events[comm] = hist($took); @ = nsecs; }',
    ],
    [
      'cheaper-probe',
      'kretprobe:__x64_sys_openat { @ = hist(retval); }',
      'tracepoint:syscalls:sys_exit_openat { @ = hist(args.ret); }',
    ],
    ['fentry-for-kprobe', 'kprobe:vfs_read { @ = hist(arg1); }', 'fentry:vfs_read { @ = hist(args.count); }'],
    ['fentry-for-kprobe', 'kretprobe:vfs_read { @ = count(); }', 'fexit:vfs_read { @ = count(); }'],
    [
      'fewer-map-operations',
      'kprobe:f { @a[tid] = nsecs; } kretprobe:f { @b = max(nsecs - @a[tid]); @c = sum(nsecs - @a[tid]); }',
      'kprobe:f { @a[tid] = nsecs; } kretprobe:f { $a = @a[tid]; @b = max(nsecs - $a); @c = sum(nsecs - $a); }',
    ],
  ])('%s: %s', (name, before, after) => {
    const { text, suggestions } = optimized(before)
    expect(text).toBe(after)
    expect(suggestions.map((each) => [each.name, each.applied])).toContainEqual([name, true])
  })

  test('an older version gets its own spelling', () => {
    expect(optimized('kprobe:vfs_read { @ = hist(arg1); }', { version: '0.17' }).text).toBe(
      'kfunc:vfs_read { @ = hist(args->count); }',
    )
  })
})

describe('what is left alone', () => {
  test.each([
    ['a condition on a variable', 'kprobe:f { $a = 1; if ($a > arg0) { @ = count(); } }'],
    ['a condition with another branch', 'kprobe:f { if (pid == 7) { @a = count(); } else { @b = count(); } }'],
    ['a division, whose slash would end the predicate', 'kprobe:f { if ((arg0 / 2) > 7) { @ = count(); } }'],
    ['a line at a pace that people read', 'interval:1s { printf("%d\\n", cpu); }'],
    ['a probe inside a function', 'kprobe:vfs_read+4 { @ = count(); }'],
    ['registers, which only a kprobe has', 'kprobe:vfs_read { @ = hist(reg("di")); }'],
    ['an entry that is written in between', 'kprobe:f { @a[tid] = 1; @b = @a[tid]; @a[tid] = 2; @c = @a[tid]; }'],
    ['a key that changes in between', 'kprobe:f { $k = 1; @a[1] = 5; @b = @a[$k]; $k = 2; @c = @a[$k]; }'],
    ['a program with a syntax error', 'kprobe:f { if (pid == 7) { @ = count(); }'],
  ])('%s', (_, program) => {
    const { text, suggestions } = optimized(program)
    expect(text).toBe(program)
    expect(suggestions.filter(({ applied }) => applied)).toEqual([])
  })

  test('output, when it is to stay', () => {
    const program = 'tracepoint:syscalls:sys_enter_openat { printf("%s\\n", comm); }'
    const { text, suggestions } = optimized(program, { keepOutput: true })
    expect(text).toBe(program)
    expect(suggestions).toMatchObject([{ name: 'aggregate-in-kernel', applied: false }])
  })

  test('a function that stands only near a tracepoint: the reason is given', () => {
    const { suggestions } = optimized('kprobe:do_exit { @ = hist(arg0); }')
    expect(suggestions.every(({ applied }) => !applied)).toBe(true)
  })
})

test('every optimization is named after its file', () => {
  expect(new Set(optimizations.map(({ name }) => name)).size).toBe(optimizations.length)
})
