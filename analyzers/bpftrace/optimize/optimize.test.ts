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

describe.each(optimizations.map((each) => [each.name, each] as const))('%s', (name, { examples }) => {
  test.each(examples.map(({ before, after }) => [before, after] as const))('%s', (before, after) => {
    const { text, suggestions } = optimized(before)
    expect(text).toBe(after)
    expect(suggestions.map((each) => [each.name, each.applied])).toContainEqual([name, true])
    expect(suggestions.every(({ reason }) => reason.length > 20)).toBe(true)
  })

  test('finds nothing more in its results', () => {
    for (const { after } of examples) expect(optimized(after).text).toBe(after)
  })
})

describe('what is rewritten', () => {
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
