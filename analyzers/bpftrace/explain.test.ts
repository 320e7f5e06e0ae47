import { expect, test } from 'vitest'
import { explain } from './explain.ts'
import { inspect } from './inspect.ts'
import { noKernelFacts } from './no-kernel-facts.ts'
import { newestVersion } from './version.ts'

function texts(program: string): string[] {
  const { context, assessment } = inspect(program, { bpftrace: newestVersion, kernel: noKernelFacts, cpus: 4 })
  return explain(context, assessment.estimate).map((part) => part.text)
}

test('a probe says what fires it and how often, its predicate, and each action', () => {
  const parts = texts('profile:hz:99 /pid == 7/ { @[comm, tid] = count(); }')
  expect(parts[0]).toMatch(/^`profile:hz:99`: .*; 396 events a second\.$/)
  expect(parts[1]).toBe('Only when `pid == 7` holds; every other event ends here.')
  expect(parts[2]).toBe('Counts events in `@`, separately for each `comm` and `tid`.')
})

test.each([
  ['@start[tid] = nsecs;', 'Remembers the time in `@start`, separately for each `tid`.'],
  ['@us = hist(nsecs / 1000);', 'Sorts `nsecs / 1000` into a histogram of powers of two in `@us`.'],
  ['$x = pid + 1;', 'Sets `$x` to `pid + 1` (uint64).'],
  ['@n++;', 'Adds one to `@n`.'],
  ['print(@a, 5);', 'Prints the `5` largest entries of `@a`.'],
  ['printf("%d\\n", pid);', 'Prints `"%d\\n"` with `pid`.'],
  ['@a[1] = 1; delete(@a, 1);', 'Removes the entry `1` of `@a`.'],
  ['@a = 1; clear(@a);', 'Removes every entry of `@a`.'],
])('%s', (statement, text) => {
  expect(texts(`begin { ${statement} }`).at(-1)).toBe(text)
})

test('branches and loops are followed by what is in them', () => {
  expect(texts('begin { if (pid > 1) { @a = 1; } else { exit(); } }').slice(1, 5)).toEqual([
    'If `pid > 1`:',
    'Stores `1` in `@a`.',
    'Otherwise:',
    expect.stringMatching(/^`exit\(\)`: /),
  ])
})

test('broken programs are explained as far as they can be read', () => {
  expect(texts('kprobe:vfs_read { @[ }').length).toBeGreaterThan(0)
})
