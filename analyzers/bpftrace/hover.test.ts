import { describe, expect, test } from 'vitest'
import { hover } from './hover.ts'
import { type FixtureOptions, fixture, smallKernel } from './testing/context.ts'

function text(marked: string, options?: FixtureOptions): string | undefined {
  const { context, offset } = fixture(marked, options)
  return hover(context, offset)?.markdown
}

/** What the hover is about. */
function about(marked: string): string | undefined {
  const { context, offset, source } = fixture(marked)
  const span = hover(context, offset)?.span
  return span && source.slice(span.start, span.end)
}

describe('hover', () => {
  test('a builtin: its type first, then what it is, then links', () => {
    const markdown = text('BEGIN { print(ns$0ecs); }') ?? ''
    expect(markdown).toMatch(/^```bpftrace\nnsecs: uint64\n```\n\nNanosecond clock/)
    expect(markdown).toMatch(/\[Reference\]\(https:.*stdlib\.md#nsecs\)/)
    expect(about('BEGIN { print(ns$0ecs); }')).toBe('nsecs')
  })

  test('one of a family by its own name', () => {
    expect(text('kprobe:f { print(arg$03); }')).toContain('arg3: uint64')
  })

  test('a function: all its signatures', () => {
    expect(text('BEGIN { pri$0ntf("x"); }')).toContain('printf(fmt: literal string, ...args: any)')
    expect(text('BEGIN { pri$0nt(1); }')).toContain('Asynchronous')
  })

  test('what the target version lacks says so', () => {
    expect(text('BEGIN { print(jif$0fies); }', { version: '0.17' })).toContain('it came with 0.20')
  })

  test('a probe type, a kernel function, a tracepoint with a statement that prints it', () => {
    expect(text('kpro$0be:vfs_read { }')).toContain('kprobe:<fn>')
    expect(text('kprobe:vfs_$0read { }')).toContain('ssize_t vfs_read(struct file *file, size_t count);')
    const markdown = text('tracepoint:syscalls:sys_enter_$0openat { }') ?? ''
    expect(markdown).toContain('const char * filename')
    expect(markdown).toContain('printf("dfd=%d filename=%s flags=%d\\n", args.dfd, str(args.filename), args.flags);')
    expect(markdown).toContain('man2/openat.2.html')
  })

  test('a macro with the comment above it', () => {
    const markdown = text('// Doubles a number.\nmacro twice(x) { x * 2 }\nBEGIN { print(twi$0ce(2)); }') ?? ''
    expect(markdown).toContain('macro twice(x)')
    expect(markdown).toContain('Doubles a number.')
  })

  test('a struct of the script, a struct of the kernel', () => {
    expect(text('struct mine { int a; };\nBEGIN { $m = (struct mi$0ne *)0; }')).toContain('struct mine { int a; }')
    expect(text('BEGIN { $m = (struct task_st$0ruct *)0; }')).toMatch(/\/\* +8 \*\/ char\[16\] comm|char comm\[16\]/)
  })

  test('a map says where it is used, a duration what it is in nanoseconds', () => {
    expect(text('BEGIN { @al$0l = 1; @all = 2; }')).toContain('used in 2 places')
    expect(text('BEGIN { print(5m$0s); }')).toContain('5_000_000 nanoseconds')
  })

  test('raw arguments and the returned value, as the kernel declares them', () => {
    expect(text('kprobe:vfs_read { print(ar$0g0); }')).toMatch(/^```c\nstruct file \*file;\n```\n\n```bpftrace\narg0/)
    expect(text('kretprobe:vfs_read { print(ret$0val); }')).toContain('ssize_t retval;')
    expect(text('kprobe:unknown { print(ar$0g0); }')).toMatch(/^```bpftrace\narg0/)
  })

  test('a wildcard: what it expands to', () => {
    expect(text('kprobe:vfs_$0* { }')).toContain('Expands to 3 probes')
    expect(text('kprobe:nothing$0* { }')).toBe('Matches no probe of this kernel.')
  })

  test('events and iterators', () => {
    expect(text('software:page-fa$0ults: { }')).toContain('one of 100 events')
    expect(text('iter:ta$0sk { }')).toContain('ctx.task')
  })

  test('what the numbers in an argument mean', () => {
    const openat = 'tracepoint:syscalls:sys_enter_openat'
    expect(text(`${openat} { print(args.fl$0ags); }`)).toContain('`0x40` O_CREAT')
    expect(text(`${openat} { print(args.d$0fd); }`)).toContain('AT_FDCWD')
    const kernel = {
      ...smallKernel,
      tracepoint: () => ({
        category: 'sched',
        event: 'sched_switch',
        fields: [{ name: 'state', declaration: 'long', offset: 8, size: 8, signed: true }],
        print: '"%s", __print_symbolic(REC->state, { 1, "S" }, { 2, "D" })',
      }),
    }
    const markdown = text('tracepoint:sched:sched_switch { print(args.sta$0te); }', { kernel })
    expect(markdown).toContain('Values: `1` S, `2` D.')
  })

  test('a conversion: how it prints, and what', () => {
    const markdown = text('BEGIN { printf("%d %-1$06s", pid, comm); }') ?? ''
    expect(markdown).toContain('%-16s: string')
    expect(markdown).toContain('Prints `comm`, string[16].')
    expect(text('BEGIN { strftime("%H:%$0M", nsecs); }')).toContain('%M: minute')
  })

  test('a map: its keys side by side, and what an aggregate keeps', () => {
    const markdown = text('BEGIN { @a$0[pid, comm] = count(); }') ?? ''
    expect(markdown).toContain('@a[uint32, string[16]]: count_t')
    expect(markdown).toContain('Values of `count()`')
  })

  test.each(['BEGIN { wh$0ile (1) { } }', '// co$0mment', 'BEGIN { print(4$02); }', 'BEGIN { print("te$0xt"); }'])(
    'nothing about what says nothing: %s',
    (source) => {
      expect(text(source)).toBeUndefined()
    },
  )
})
