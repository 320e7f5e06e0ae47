/** What the best fix of a program makes of it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { snapshotFacts } from '../../../services/kernel/snapshot.ts'
import { analyze } from '../analyze.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import { requireVersion } from '../version.ts'

let kernel: KernelFacts
beforeAll(async () => {
  kernel = await snapshotFacts('It is the one that tests use.')
})

/** After the first fix that any error, or else any other finding, offers. */
function fixed(program: string, version: string): string | undefined {
  const { diagnostics } = analyze(program, { bpftrace: requireVersion(version), kernel, unsafe: true })
  const rank = { error: 0, warning: 1, info: 2, hint: 3 } as const
  const [fix] = [...diagnostics]
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .flatMap(({ fixes }) => fixes?.[0] ?? [])
  return (
    fix &&
    [...fix.edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), program)
  )
}

const rows: Readonly<Record<string, readonly (readonly [program: string, expected: string | undefined])[]>> = {
  '0.27.1': [
    ['begin { prinft("x"); }', 'begin { printf("x"); }'],
    ['kprobe:vfs_read { print(sym(reg("ip"))); }', 'kprobe:vfs_read { print(ksym(reg("ip"))); }'],
    ['kprobe:vfs_read { print(sarg1); }', 'kprobe:vfs_read { print(*(uint64 *)(reg("sp") + 16)); }'],
    ['begin { print(comn); }', 'begin { print(comm); }'],
    ['bgein { exit(); }', 'begin { exit(); }'],
    ['asyncwatchpoint:0x1000:8:w { exit(); }', 'watchpoint:0x1000:8:w { exit(); }'],
    ['kfunc:vfs_read { exit(); }', 'fentry:vfs_read { exit(); }'],
    ['begin { $count = 1; print($cuont); }', 'begin { $count = 1; print($count); }'],
    ['begin { if (pid) { $x = 1; } print($x); }', 'begin { let $x; if (pid) { $x = 1; } print($x); }'],
    ['begin {\n  if (pid) { $x = 1; }\n  print($x);\n}', 'begin {\n  let $x;\n  if (pid) { $x = 1; }\n  print($x);\n}'],
    ['begin { printf("%d", "a"); }', 'begin { printf("%s", "a"); }'],
    ['begin { 1; }', 'begin { _ = 1; }'],
    ['begin { /* two; */ 1; }', 'begin { /* two; */ _ = 1; }'],
    // The library's own function discards something inside: `_ =` would break the call.
    ['tracepoint:raw_syscalls:sys_enter { print(syscall_name(args.id)); }', undefined],
    ['begin { $a = (int64)5; print($a / (uint64)2); }', 'begin { $a = (int64)5; print((uint64)$a / (uint64)2); }'],
    [
      'begin { $a = (int64)5; print(($a + 1) / (uint64)2); }',
      'begin { $a = (int64)5; print((uint64)($a + 1) / (uint64)2); }',
    ],
    [
      'begin { $a = (int64)5; print($a * 3 / (uint64)2); }',
      'begin { $a = (int64)5; print((uint64)($a * 3) / (uint64)2); }',
    ],
    ['macro m(a) { a / 1000 } begin { $a = (int64)5; print(m($a)); }', undefined],
    ['begin { @a[1] = 1; _ = delete(@a[1]); }', 'begin { @a[1] = 1; _ = delete(@a, 1); }'],
    ['begin { @a[1, "b"] = 1; _ = delete(@a[1, "b"]); }', 'begin { @a[1, "b"] = 1; _ = delete(@a, (1, "b")); }'],
    ['begin { @a[1] = 1; delete(@a[1], @a[2]); }', 'begin { @a[1] = 1; delete(@a[1]); delete(@a[2]); }'],
    ['config = { max_strln=100 } begin { exit(); }', 'config = { max_strlen=100 } begin { exit(); }'],
    ['config = { strlen=100 } begin { exit(); }', 'config = { max_strlen=100 } begin { exit(); }'],
    [
      'tracepoint:sched:sched_switch { print(args.prev_pdi); }',
      'tracepoint:sched:sched_switch { print(args.prev_pid); }',
    ],
  ],
  '0.17.0': [
    ['begin { exit(); }', 'BEGIN { exit(); }'],
    ['fentry:vfs_read { exit(); }', 'kfunc:vfs_read { exit(); }'],
    ['BEGIN { @a[1] = 1; delete(@a, 1); }', 'BEGIN { @a[1] = 1; delete(@a[1]); }'],
    ['BEGIN { @a[1, 2] = 1; delete(@a, (1, 2)); }', 'BEGIN { @a[1, 2] = 1; delete(@a[1, 2]); }'],
    ['BEGIN { print(pid()); }', 'BEGIN { print(pid); }'],
    ['BEGIN { print(nsecs(monotonic)); }', undefined],
    [
      'tracepoint:sched:sched_switch { print(args.prev_pid); }',
      'tracepoint:sched:sched_switch { print(args->prev_pid); }',
    ],
    [
      'struct s { int a; } kprobe:vfs_read { $s = (struct s *)arg0; print($s.a); }',
      'struct s { int a; } kprobe:vfs_read { $s = (struct s *)arg0; print($s->a); }',
    ],
  ],
}

describe.each(Object.entries(rows))('%s', (version, programs) => {
  it.each(programs)('%s', (program, expected) => {
    expect(fixed(program, version)).toBe(expected)
  })
})
