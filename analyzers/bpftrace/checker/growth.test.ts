/**
 * Programs that are small to write and huge to work out: macros of macros, tuples of tuples, names that stand for
 * themselves. Each is judged without an exception and without working it out; a test that hangs fails by its time.
 */
import { describe, expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { requireVersion } from '../version.ts'

const levels = (count: number, line: (level: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('')

const programs: Readonly<Record<string, string>> = {
  'C macros that double': `#define A0 1\n${levels(60, (i) => `#define A${i + 1} (A${i}+A${i})\n`)}BEGIN { print(A60); }`,
  'C macros that double, in a condition': `#define A0 1\n${levels(60, (i) => `#define A${i + 1} (A${i}+A${i})\n`)}#if A60\n#endif\nBEGIN { }`,
  'C macros that double, in a struct': `#define A0 1\n${levels(60, (i) => `#define A${i + 1} (A${i}+A${i})\n`)}struct S { int a[A60]; };\nBEGIN { }`,
  'a long chain of C macros': `${levels(3000, (i) => `#define A${i} (A${i + 1}+1)\n`)}BEGIN { print(A0); }`,
  'a C macro that is itself': '#define A A\n#define B (C)\n#define C B\nBEGIN { unroll(A) { } print(B); printf(A); }',
  'macros that double': `macro m0(a) { a + a }\n${levels(60, (i) => `macro m${i + 1}(a) { m${i}(a) + m${i}(a) }\n`)}BEGIN { print(m60(1)); }`,
  'macros that double statements': `macro m0($a) { $a += 1; }\n${levels(60, (i) => `macro m${i + 1}($a) { m${i}($a); m${i}($a); }\n`)}BEGIN { $a = 1; m60($a); }`,
  'a macro in itself, often': `macro m(a) { a + a }\nBEGIN { print(${'m('.repeat(300)}1${')'.repeat(300)}); }`,
  'a long chain of macros': `macro m0(a) { a }\n${levels(3000, (i) => `macro m${i + 1}(a) { (m${i}(a)) }\n`)}BEGIN { print(m3000(1)); }`,
  'tuples of the tuple before': `BEGIN { $a0 = (1, 1); ${levels(60, (i) => `$a${i + 1} = ($a${i}, $a${i}); `)}print($a60); }`,
  'maps of tuples of the map before': `BEGIN { @a0 = (1, 1); ${levels(60, (i) => `@a${i + 1} = (@a${i}, @a${i}); `)}}`,
  'records of the record before': `BEGIN { $a0 = (x=1, y=1); ${levels(60, (i) => `$a${i + 1} = (x=$a${i}, y=$a${i}); `)}}`,
  'arrays of arrays': `BEGIN { $a = (int8${'[999999]'.repeat(100)})1; print(sizeof($a)); print(sizeof(int64${'[999999]'.repeat(100)})); }`,
  'arrays of arrays in C': `struct S { int a${'[999999]'.repeat(100)}; int b; };\nBEGIN { print(sizeof(struct S)); print(offsetof(struct S, b)); $s = (struct S *)1; @ = *$s; }`,
  'calls of the library in each other': `BEGIN { @a[1] = 1; ${'delete(@a['.repeat(40)}1${'])'.repeat(40)}; }`,
  'a struct that is its own nameless member': `struct s { int a; struct s; struct s; };\nkprobe:f { $x = (struct s *)arg0; print($x->a); print($x->b); print(sizeof(struct s)); }`,
  'tuples in tuples': `BEGIN { $a = ${'(1,'.repeat(200)}1${')'.repeat(200)}; @[$a] = sizeof($a); }`,
}

describe.each(['0.17.0', '0.27.1'])('%s', (version) => {
  test.each(Object.entries(programs))('%s', { timeout: 20_000 }, (_, program) => {
    const bpftrace = requireVersion(version)
    expect(analyze(program, { bpftrace, kernel: noKernelFacts }).diagnostics.length).toBeLessThan(10_000)
  })
})
