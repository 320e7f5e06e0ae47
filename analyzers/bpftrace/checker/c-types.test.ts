/** What the compiler makes of C's types that the language has none for, of its own macros, and of address spaces. */
import { describe, expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { smallKernel } from '../testing/context.ts'
import { requireVersion } from '../version.ts'

function codes(
  program: string,
  version = '0.27.1',
  severity: 'error' | 'warning' = 'error',
  kernel: KernelFacts = smallKernel,
): readonly string[] {
  const { diagnostics } = analyze(program, { bpftrace: requireVersion(version), kernel })
  return diagnostics.filter((one) => one.origin === 'compiler' && one.severity === severity).map(({ code }) => code)
}

const record = 'struct S { float f; double d; __int128 i; int n; int o[]; int z[0]; void *v; int (*c)(void); };'
const using = (statement: string) => `${record} BEGIN { $s = (struct S *)0; ${statement} }`

describe.each(['0.27.1', '0.17.0'])('fields of C that have no type in %s', (version) => {
  test.each(['f', 'd', 'i', 'o'])('%s is no value', (field) => {
    expect(codes(using(`print($s->${field});`), version)).toEqual(['print-invalid'])
    expect(codes(using(`printf("%d", $s->${field});`), version)).not.toEqual([])
    expect(codes(using(`$x = $s->${field};`), version)).not.toEqual([])
  })

  test.each(['n', 'z'])('%s is one', (field) => {
    expect(codes(using(`print($s->${field});`), version)).toEqual([])
  })

  test('what a pointer without a type points to is no value', () => {
    expect(codes(using('print(*$s->v);'), version)).toEqual(['print-invalid'])
  })

  test('a record without fields does not exist', () => {
    expect(codes('struct Empty { }; BEGIN { $s = (struct Empty *)0; print(*$s); }', version)).not.toEqual([])
  })
})

describe('macros of C', () => {
  test.each([
    ['#define A B\n#define B A\nBEGIN { print(A); }', 'c-macro'],
    ['#define A 1 + A\nBEGIN { print(A); }', 'c-macro'],
    ['#define A\nBEGIN { print(A); }', 'identifier-unknown'],
  ])('0.17 refuses %j', (program, code) => {
    expect(codes(program, '0.17.0')).toContain(code)
  })

  test('0.17 takes a chain that ends', () => {
    expect(codes('#define A B\n#define B 1\nBEGIN { print(A); }', '0.17.0')).toEqual([])
  })
})

describe('a macro of the language', () => {
  test.each(['sizeof(x)', 'typeinfo(x).full_type'])('that is handed a type cannot ask for %s', (body) => {
    expect(codes(`macro m(x) { ${body} } begin { print(m(uint32)); }`)).not.toEqual([])
    expect(codes(`macro m(x) { ${body} } begin { print(m(1)); }`)).toEqual([])
  })
})

test('formats of 0.17 have only its own specifiers: the rest is text', () => {
  expect(codes('BEGIN { printf("%gr %d\\n", 1); }', '0.17.0')).toEqual([])
  expect(codes('BEGIN { printf("%z %5 %i\\n"); }', '0.17.0')).toEqual([])
  expect(codes('BEGIN { printf("%g\\n", 1); }', '0.17.0')).toEqual(['format-arguments'])
  expect(codes('BEGIN { @c = count(); printf("%d", @c); }', '0.17.0')).toEqual(['format-specifier'])
})

test('stacks of any depth are the same key to 0.17, those of kernel and user are not', () => {
  expect(codes('BEGIN { @[kstack(5)] = 1; @[kstack(3)] = 1; }', '0.17.0')).toEqual([])
  expect(codes('BEGIN { @[kstack(5)] = 1; @[ustack(5)] = 1; }', '0.17.0')).toEqual(['map-key-mismatch'])
})

test('a map is not assigned where only a type is asked for', () => {
  for (const asking of ['sizeof({ @a = 1; 1 })', 'offsetof({ @a[1] = 1; *curtask }, pid)']) {
    expect(codes(`begin { print(${asking}); }`)).toContain('assignment-in-type')
  }
  expect(codes('begin { let $b : typeof({ @a = 1; 1 }) = 2; print($b); }')).toContain('assignment-in-type')
})

test('the arguments of a tracepoint are no value, those of a function are', () => {
  expect(codes('tracepoint:sched:sched_switch { print(args); }')).toEqual(['print-invalid'])
  expect(codes('fentry:vfs_read { print(args); }')).toEqual([])
})

test('the arguments of a raw tracepoint are known with and without its module', () => {
  const params = [
    { name: 'pid', type: { kind: 'integer', name: 'int', size: 4, signed: true, encoding: 'number' } },
  ] as const
  const rawTracepoint = (name: string) =>
    name === 'tick' ? ({ kind: 'function', returns: { kind: 'void' }, params, variadic: false } as const) : undefined
  const kernel = { ...smallKernel, rawTracepoint }
  for (const point of ['rawtracepoint:tick', 'rawtracepoint:vmlinux:tick']) {
    expect(codes(`${point} { print(args.pid); }`, '0.27.1', 'error', kernel)).toEqual([])
    expect(codes(`${point} { print(args.nope); }`, '0.27.1', 'error', kernel)).toEqual(['argument-unknown'])
  }
})

test('what a kernel decides that nobody has seen leaves nothing unresolved', () => {
  const asking = 'kprobe:f { @a[arg0] = ((struct task_struct *)arg0)->other->name; delete(@a[arg0]); }'
  const source = { kind: 'snapshot', kernel: '6.1.0', description: 'A kernel for tests.' } as const
  expect(codes(asking, '0.27.1', 'error', { ...smallKernel, source })).toEqual([])
  expect(codes('begin { $x = comptime pid; print($x); }')).toEqual(['comptime-unresolved'])
})

test('comm(PID) is taken by tests and benchmarks', () => {
  expect(codes('test:t { print(comm(pid)); } bench:b { print(comm(pid)); }')).toEqual([])
  expect(codes('begin { print(comm(pid)); }')).toEqual(['function-unavailable'])
})

test('config is a record of the settings that the version knows', () => {
  expect(codes('begin { print(config.max_strlen + 1); print(config.license); }')).toEqual([])
  for (const name of ['nope', 'unstable_macro', 'strlen']) {
    expect(codes(`begin { print(config.${name}); }`)).toEqual(['field-unknown'])
  }
})

test('the description of an option is a literal', () => {
  expect(codes('begin { print(getopt("x", 5, "how many")); }')).toEqual([])
  expect(codes('begin { print(getopt("x", 5, comm)); }')).toEqual(['getopt'])
})

describe('address spaces of numbers', () => {
  const compare = (operation: string) =>
    codes(
      `struct S { unsigned short s; unsigned long l; };
       tracepoint:syscalls:sys_enter_openat { $s = (struct S *)args.filename; print(${operation}); }`,
      '0.27.1',
      'warning',
    )

  test('differ where the compiler converts one side', () => {
    expect(compare('$s.l + 1')).toContain('address-space-mismatch')
    expect(compare('$s.s == 1')).toContain('address-space-mismatch')
  })

  test('do not where it converts both', () => {
    expect(compare('$s.s + 1')).toEqual([])
    expect(compare('($s.s & 0xff) << 8')).toEqual([])
  })
})
