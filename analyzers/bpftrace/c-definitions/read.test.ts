import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../test/setup/fast-check.ts'
import type { CRecord, KernelFacts } from '../kernel-facts.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { parse } from '../syntax/parse.ts'
import { readCDefinitions } from './read.ts'

const task: CRecord = { kind: 'record', keyword: 'struct', name: 'task_struct', size: 9000, fields: [] }

/** A kernel of which everything is known: it has `struct task_struct` and nothing else. */
const kernel: KernelFacts = {
  ...noKernelFacts,
  coverage: { types: 'complete', functions: 'complete', tracepoints: 'complete' },
  record: (keyword, name) => (keyword === 'struct' && name === 'task_struct' ? task : undefined),
}

function read(text: string, include?: (name: string) => string | undefined) {
  return readCDefinitions(parse(`${text}\nBEGIN { }`), kernel, include)
}

function record(text: string, key: string): CRecord {
  const found = read(text).records.get(key)
  if (!found) throw new Error(`no ${key}`)
  return found
}

/** Names with byte offsets; bit-fields as `name:storage+offset/width`. */
function layout({ fields, size }: CRecord): string {
  const places = fields.map(({ name, offset, bits }) =>
    bits ? `${name}:${offset}+${bits.offset}/${bits.size}` : `${name}:${offset}`,
  )
  return `${places.join(' ')} = ${size}`
}

describe('records', () => {
  test.each([
    ['struct S { char a; int b; char c; long d; };', 'a:0 b:4 c:8 d:16 = 24'],
    ['struct S { char a; int b; } __attribute__((packed));', 'a:0 b:1 = 5'],
    ['struct __attribute__((packed)) S { char a; long b; };', 'a:0 b:1 = 9'],
    ['struct S { char a; int b __attribute__((aligned(16))); };', 'a:0 b:16 = 32'],
    ['struct S { int a:4; int b:4; int c:30; };', 'a:0+0/4 b:0+4/4 c:4+0/30 = 8'],
    ['struct S { int a:4; int :0; int b:4; };', 'a:0+0/4 b:4+0/4 = 8'],
    ['struct S { char n[3]; short m[2][3]; long f[]; };', 'n:0 m:4 f:16 = 16'],
    ['struct S { int (*call)(int, void *); void *p, q[0]; };', 'call:0 p:8 q:16 = 16'],
    ['struct S { int a; struct { char b; long c; }; union { int d; char e; } u; };', 'a:0 :8 u:24 = 32'],
    ['struct S { unsigned long long a; _Bool b; uint8_t c; __u32 d; };', 'a:0 b:8 c:9 d:12 = 16'],
  ])('are laid out as on x86-64: %s', (text, expected) => {
    expect(layout(record(text, 'struct S'))).toBe(expected)
  })

  test('of a union share their first byte', () => {
    expect(layout(record('union U { char a; long b; }', 'union U'))).toBe('a:0 b:0 = 8')
  })

  test('may point to themselves and to later ones', () => {
    const first = record('struct A { struct A *next; struct B *other; }; struct B { int x; };', 'struct A')
    const [next, other] = first.fields.map(({ type }) => (type.kind === 'pointer' ? type.to : undefined))
    expect(next).toBe(first)
    expect(other).toMatchObject({ kind: 'record', name: 'B', size: 4, incomplete: false })
  })

  test('may hold records of the kernel', () => {
    expect(record('struct S { struct task_struct t; int x; };', 'struct S').size).toBe(9004)
  })
})

describe('constants', () => {
  test('of enums count on', () => {
    const { enumerators, enums } = read('enum K { A, B = 5, C, D = B << 2, E = -1, F = sizeof(long) };')
    expect([...enumerators].map(([name, { value }]) => [name, value])).toEqual([
      ...[
        ['A', 0n],
        ['B', 5n],
        ['C', 6n],
        ['D', 20n],
        ['E', -1n],
        ['F', 8n],
      ],
    ])
    expect(enums.get('K')).toMatchObject({ name: 'K', size: 4, signed: true })
  })

  test('of macros are texts, and sizes in C', () => {
    const { macros, records } = read('#define N (2 + 2) // four\n#define M N\nstruct S { char n[M]; };')
    expect(Object.fromEntries(macros)).toEqual({ N: '(2 + 2)', M: 'N' })
    expect(records.get('struct S')?.size).toBe(4)
  })

  test('depend on conditionals', () => {
    const { macros } = read(
      '#ifdef NOPE\n#define A 1\n#else\n#define A 2\n#endif\n#if defined(A) && A == 2\n#define B 3\n#endif\n#ifndef BPFTRACE_HAVE_BTF\n#define C 4\n#endif',
    )
    expect(Object.fromEntries(macros)).toEqual({ A: '2', B: '3' })
  })
})

describe('includes', () => {
  test('are read where they can be had', () => {
    const text = '#include "mine.h"\nstruct S { mine_t a; };'
    const { records, problems, incomplete } = read(text, (name) =>
      name === 'mine.h' ? 'typedef unsigned short mine_t; int unused(void) { return 1; }' : undefined,
    )
    expect(records.get('struct S')?.size).toBe(2)
    expect({ problems, incomplete }).toEqual({ problems: [], incomplete: false })
  })

  test('that cannot be had leave names open', () => {
    const { problems, incomplete } = read('#include <linux/other.h>\nstruct S { other_t a; struct other b; };')
    expect({ problems, incomplete }).toEqual({ problems: [], incomplete: true })
  })
})

describe('what clang refuses', () => {
  test.each([
    ['struct a { int x; }; struct a { int y; };', "redefinition of 'a'"],
    ['struct S { struct other o; };', "field has incomplete type 'struct other'"],
    ['struct S { enum other o; };', "field has incomplete type 'enum other'"],
    ['struct S { nope_t x; };', "unknown type name 'nope_t'"],
    ['struct S { int x; int x; };', "duplicate member 'x'"],
    ['struct A { struct B b; }; struct B { int x; };', "field has incomplete type 'struct B'"],
    ['struct S __attribute__((packed)) { int x; };', "expected identifier or '(': attributes go before the name"],
    ['# cat it', 'invalid preprocessing directive'],
    ['struct S { void x; };', "field has incomplete type 'void'"],
    ['struct S { int x[-1]; };', 'an array with a negative size'],
    ['struct S { int x:33; };', "the width of bit-field 'x' (33) exceeds that of its type (32)"],
    ['struct S { int x:-1; };', "bit-field 'x' has a negative width"],
    ['enum { A = comm };', "use of undeclared identifier 'comm'"],
    ['enum { A = B, B };', "use of undeclared identifier 'B'"],
    ['enum { A = 1 + , B };', 'the value of an enumerator is an integer'],
    ['enum { A = 1.5 };', 'the value of an enumerator is an integer'],
    ['enum { A = "a" };', 'the value of an enumerator is an integer'],
    ['#include <stddef.h=', "expected '>'"],
    ['#include "foo', 'expected "FILENAME" or <FILENAME>'],
    ['#include', 'expected "FILENAME" or <FILENAME>'],
    ['#undef', 'macro name missing'],
    ['#if 1 +\n#endif', 'expected a value in the condition'],
    ['#define F(x', 'expected a comma in the parameters of a macro'],
    ['#define F(x,x) x', "duplicate macro parameter name 'x'"],
    ['#define F(1) x', 'expected an identifier in the parameters of a macro'],
  ])('%s', (text, message) => {
    expect(read(text).problems.map((problem) => problem.message)).toEqual([message])
  })

  test.each([
    'enum { A = sizeof(int), B = 1 << 40, C = A | B };',
    '#define F(x, ...) x\nenum { A = F(1) };',
    '#define F() 1',
    '#define NAME <stddef.h>\n#include NAME',
    '#include <stddef.h> and more',
    '#if defined(A) && B(1)\n#endif',
    'struct S { int x:32; void *p; int o[], z[0]; };',
  ])('is not %j', (text) => {
    expect(read(text).problems).toEqual([])
  })

  test('is reported at its place', () => {
    const text = 'struct S {\n  nope_t x;\n};'
    expect(read(text).problems[0]?.span).toEqual({ start: text.indexOf('nope_t'), end: text.indexOf('nope_t') + 6 })
  })

  test('does not include a missing semicolon behind the last member', () => {
    expect(read('struct S { long x }').problems).toEqual([])
  })
})

test('any text is read without an exception', () => {
  const pieces = fc.constantFrom(
    ...[
      'struct',
      'S',
      '{',
      '}',
      ';',
      'int',
      'x',
      '*',
      '[',
      ']',
      '(',
      ')',
      ':',
      ',',
      '3',
      'enum',
      'union',
      '=',
      'typedef',
    ],
    ...[
      '__attribute__',
      '((packed))',
      '#define A B\n',
      '#if A\n',
      '#else\n',
      '#endif\n',
      '"',
      "'",
      'sizeof',
      '?',
      '\n',
    ],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (soup) => {
      const tree = parse(`struct S { ${soup.join(' ')} } BEGIN { }`)
      expect(readCDefinitions(tree, kernel).problems.every(({ span }) => span.end <= tree.source.length)).toBe(true)
    }),
    runs(500),
  )
})

test('deep nesting and endless macros come to an end', () => {
  const deep = 10_000
  expect(() => read(`struct S { ${'struct { '.repeat(deep)}${'} a; '.repeat(deep)} };`)).not.toThrow()
  expect(() => read(`struct S { int a[${'('.repeat(deep)}1${')'.repeat(deep)}]; };`)).not.toThrow()
  expect(() => read(`struct S { int ${'('.repeat(deep)}a${')'.repeat(deep)}; };`)).not.toThrow()
  expect(() => read('#define A B B\n#define B A A\nstruct S { int A; };')).not.toThrow()
})
