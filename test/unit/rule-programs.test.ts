/** Programs that each rule has something to say of, and near relatives that it must leave alone. */
import { describe, expect, test } from 'vitest'
import { inspect } from '../../analyzers/bpftrace/inspect.ts'
import { rules } from '../../analyzers/bpftrace/rules/rules.generated.ts'
import { newestVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'

const kernel = await createKernelFacts({ source: 'snapshot' })
const libc = '/lib/x86_64-linux-gnu/libc.so.6'

interface Programs {
  readonly fires: readonly string[]
  readonly silent: readonly string[]
}

const programs: Readonly<Record<string, Programs>> = {
  'hot-probe': {
    fires: [
      'tracepoint:sched:sched_switch /comm != "bpftrace"/ { @[comm] = count(); }',
      'tracepoint:sched:sched_switch /1/ { @[comm] = count(); }',
      'kprobe:* { @ = count(); }',
      `uprobe:${libc}:malloc { @ = hist(arg0); }`,
      'rawtracepoint:sys_enter { @ = count(); }',
      'kprobe:kfree { @ = count(); }',
      'fentry:vfs_read { @ = count(); }',
      'tracepoint:syscalls:sys_enter_* { @[probe] = count(); }',
      'kprobe:_raw_spin_lock { @ = count(); }',
      'software:page-faults:1 { @[comm] = count(); }',
    ],
    silent: [
      `uprobe:${libc}:malloc /pid == 1/ { @ = hist(arg0); }`,
      'tracepoint:sched:sched_process_exec { @[comm] = count(); }',
      'profile:hz:99 { @[kstack] = count(); }',
      'tracepoint:raw_syscalls:sys_enter /comm == "x"/ { @ = count(); }',
      'hardware:cache-misses:1000000 { @[comm] = count(); }',
      'software:page-faults:1000 { @[comm] = count(); }',
    ],
  },
  'printf-flood': {
    fires: [
      'tracepoint:sched:sched_switch { if (args.prev_pid > 0) { printf("%s\\n", args.prev_comm); } }',
      'kprobe:vfs_read { print(arg2); }',
      'tracepoint:raw_syscalls:sys_exit { time("%H\\n"); }',
      `uprobe:${libc}:malloc { printf("%d\\n", arg0); }`,
    ],
    silent: [
      'tracepoint:sched:sched_switch { if (args.prev_pid == 77) { printf("%s\\n", args.prev_comm); } }',
      'interval:s:1 { printf("x\\n"); }',
      'tracepoint:syscalls:sys_enter_execve { join(args.argv); }',
      'tracepoint:raw_syscalls:sys_exit { $took = nsecs - @; if ($took > 1000000) { printf("%d\\n", $took); } @ = nsecs; }',
    ],
  },
  'traces-itself': {
    fires: [
      'kprobe:vfs_write { printf("x\\n"); }',
      'tracepoint:raw_syscalls:sys_enter { printf("%d\\n", args.id); }',
      'fentry:vfs_write { print(1); }',
      'tracepoint:syscalls:sys_exit_write { printf("%d\\n", args.ret); }',
    ],
    silent: [
      'tracepoint:raw_syscalls:sys_enter { @ = count(); }',
      'tracepoint:syscalls:sys_enter_write /pid != $1/ { printf("x"); }',
      'tracepoint:syscalls:sys_enter_openat { printf("x"); }',
      'kprobe:vfs_write { @ = count(); } interval:s:1 { print(@); }',
    ],
  },
  'wide-wildcard': {
    fires: [
      'kprobe:* { @ = count(); }',
      'tracepoint:* { @ = count(); }',
      'tracepoint:syscalls:* { @ = count(); }',
      'fentry:tcp_* { @ = count(); }',
      'uprobe:/bin/bash:* { @ = count(); }',
      'kprobe:*skb* { @ = count(); }',
      'rawtracepoint:* { @ = count(); }',
    ],
    silent: [
      'kprobe:vfs_r* { @ = count(); }',
      'tracepoint:syscalls:sys_enter_open* { @ = count(); }',
      'uprobe:/bin/bash:read* { @ = count(); }',
      'kprobe:vfs_read { @ = count(); }',
    ],
  },
  'unbounded-keys': {
    fires: [
      'kprobe:f { @[nsecs] = count(); }',
      'kprobe:f { @[pid, nsecs] = 1; }',
      'kprobe:f { @[rand] = 1; }',
      'kprobe:f { $t = nsecs; @[$t] = 1; }',
      'kprobe:f { @[elapsed] = 1; }',
      'kprobe:f { @[strftime("%H:%M:%S.%f", nsecs)] = count(); }',
      'kprobe:f { @[nsecs]++; }',
    ],
    silent: [
      'kprobe:f { @[nsecs/1000000000] = count(); }',
      'kprobe:f { @[nsecs] = 1; delete(@, nsecs); }',
      'kprobe:f { @[pid] = nsecs; }',
      'kprobe:f { @[strftime("%H:%M", nsecs)] = count(); }',
      'kprobe:f { $t = nsecs; $t = $t / 1000000000; @[$t] = 1; }',
    ],
  },
  'missing-delete': {
    fires: [
      'kprobe:f { @s[tid] = nsecs; } kretprobe:f /@s[tid]/ { @ = hist(nsecs - @s[tid]); }',
      'kprobe:f { @s[pid, tid] = nsecs; } kretprobe:f { $d = nsecs - @s[pid, tid]; @ = hist($d); }',
      'kprobe:f { @sz[tid] = arg2; } kretprobe:f { @ = sum(@sz[tid]); }',
      'tracepoint:syscalls:sys_enter_openat { @f[tid] = args.filename; } tracepoint:syscalls:sys_exit_openat { printf("%s\\n", str(@f[tid])); }',
      'tracepoint:block:block_rq_issue { @t[args.dev, args.sector] = nsecs; } tracepoint:block:block_rq_complete { @ = hist(nsecs - @t[args.dev, args.sector]); }',
    ],
    silent: [
      'kprobe:f { @s[tid] = nsecs; } kretprobe:f { @ = hist(nsecs - @s[tid]); @s[tid] = 0; }',
      'kprobe:f { @s[cpu] = nsecs; } kretprobe:f { @ = hist(nsecs - @s[cpu]); }',
      'kprobe:f { @s[tid] = nsecs; } kretprobe:f { @ = hist(nsecs - @s[tid]); } interval:s:10 { clear(@s); }',
      'tracepoint:sched:sched_switch { if (@last[tid]) { @ = hist(nsecs - @last[tid]); } @last[tid] = nsecs; }',
      'kprobe:f { @s[tid] = nsecs; } kretprobe:f { $s = @s[tid]; delete(@s[tid]); @ = hist(nsecs - $s); }',
      'kprobe:f { @traced[tid] = 1; } kprobe:g /@traced[tid]/ { @ = count(); }',
    ],
  },
  'address-space': {
    fires: [
      'kprobe:do_sys_openat2 { printf("%s", str(arg1)); }',
      'kprobe:vfs_write { printf("%r", buf(arg1, arg2)); }',
      'kprobe:do_sys_openat2 { $n = arg1; printf("%s", str($n)); }',
      'tracepoint:syscalls:sys_enter_openat { printf("%s", str(kptr(args.filename))); }',
      'uprobe:/bin/bash:readline { printf("%s", str(kptr(arg0))); }',
    ],
    silent: [
      'kprobe:vfs_write { printf("%r", buf(uptr(arg1), arg2)); }',
      'kprobe:vfs_unlink { printf("%s", str(((struct dentry *)arg2)->d_name.name)); }',
      'uretprobe:/bin/bash:readline { printf("%s", str(retval)); }',
      'tracepoint:syscalls:sys_enter_openat { printf("%s", str(args.filename)); }',
    ],
  },
  'syscall-wrapper-arguments': {
    fires: ['kprobe:__x64_sys_openat { @[arg1] = count(); }', 'kprobe:__arm64_sys_read { @ = sum(arg2); }'],
    silent: [
      'kprobe:__x64_sys_openat { @ = count(); }',
      'kprobe:__x64_sys_openat { @ = (uint64)arg0; }',
      'kprobe:ksys_read { @ = sum(arg2); }',
    ],
  },
  'costly-in-hot-path': {
    fires: [
      'tracepoint:sched:sched_switch { @[ustack] = count(); }',
      'tracepoint:raw_syscalls:sys_enter { @[kstack(5)] = count(); }',
      'fentry:vfs_read { @[str(args.file->f_path.dentry->d_name.name)] = count(); }',
    ],
    silent: [
      'tracepoint:sched:sched_switch /args.prev_pid == $1/ { @[kstack] = count(); }',
      'tracepoint:sched:sched_process_exec { @[str(args.filename)] = count(); }',
      'tracepoint:sched:sched_switch { if (args.prev_pid == 5) { @[kstack] = count(); } }',
    ],
  },
  'async-order': {
    fires: [
      'interval:s:1 { print(@a); delete(@a); } kprobe:f { @a = 1; }',
      'interval:s:1 { print(@a); @a = 0; } kprobe:f { @a++; }',
      'interval:s:1 { clear(@a); print(@a); } kprobe:f { @a[1] = count(); }',
    ],
    silent: [
      'interval:s:1 { print(@a); zero(@a); } kprobe:f { @a[1] = count(); }',
      'interval:s:1 { print(@a); clear(@a); } kprobe:f { @a[1] = count(); }',
      'interval:s:1 { print(@a[1]); @a[1] = 0; } kprobe:f { @a[1] = 5; }',
      'interval:s:1 { clear(@a); @a[1] = 1; print(@a); }',
    ],
  },
  'unsafe-call': {
    fires: ['begin { system("ls"); }', 'kprobe:f { override(1); }', 'kprobe:f { signal(9); }'],
    silent: ['kprobe:f { printf("system\\n"); }', 'begin { exit(); }'],
  },
  'watchpoint-limit': {
    fires: [
      `${[1, 2, 3, 4, 5].map((n) => `watchpoint:0x${n}000:8:w`).join(',')} { @ = count(); }`,
      'watchpoint:0x1001:8:w { @ = count(); }',
      'watchpoint:0x1002:4:rw { @ = count(); }',
    ],
    silent: ['watchpoint:0x1000:8:w { @ = count(); }', 'watchpoint:0x1001:1:w { @ = count(); }'],
  },
  'kernel-portability': {
    fires: [
      'kprobe:tcp_drop { @ = count(); }',
      'kprobe:finish_task_switch { @ = count(); }',
      'kprobe:f { print(((struct request *)arg0)->q->disk); }',
      'tracepoint:skb:kfree_skb { @[args.reason] = count(); }',
      'kprobe:sys_read { @ = count(); }',
      'fexit:swap_readpage { @ = count(); }',
      'tracepoint:syscalls:sys_enter_openat2 { @ = count(); }',
    ],
    silent: [
      'kprobe:swap_readpage,kprobe:swap_read_folio { @ = count(); }',
      'kprobe:vfs_read { @ = count(); }',
      'tracepoint:syscalls:sys_enter_openat,tracepoint:syscalls:sys_enter_openat2 { @ = count(); }',
      'tracepoint:sock:inet_sock_set_state { @[args.protocol] = count(); }',
      'tracepoint:sched:sched_switch { @[args.prev_comm] = count(); }',
    ],
  },
  'tracepoint-instead': {
    fires: ['kprobe:do_exit { @ = count(); }', 'kprobe:tcp_set_state { @ = count(); }'],
    silent: [
      'kretprobe:do_exit { @ = count(); }',
      'kprobe:__blk_account_io_start { @ = count(); }',
      'kprobe:vfs_read { @ = count(); }',
    ],
  },
  'reads-private-data': {
    fires: [
      'uprobe:/usr/lib/libssl.so:SSL_write { printf("%r", buf(arg1, arg2)); }',
      'tracepoint:syscalls:sys_enter_write { printf("%s", str(args.buf, args.count)); }',
      'kprobe:tty_write { printf("%s", str(arg1)); }',
      'tracepoint:syscalls:sys_enter_read { @b[tid] = args.buf; } tracepoint:syscalls:sys_exit_read { printf("%s", str(@b[tid], args.ret)); delete(@b, tid); }',
      'uprobe:libssl:SSL_read { @b[tid] = arg1; } uretprobe:libssl:SSL_read { printf("%s", str(@b[tid], retval)); delete(@b, tid); }',
      'kprobe:unix_stream_read_actor { $s = (struct sk_buff *)arg0; printf("%r", buf($s->data, $s->len)); }',
      'uretprobe:libpam:pam_get_authtok { printf("%s", str(retval)); }',
      'uretprobe:/usr/bin/zsh:zleread { printf("%s", str(retval)); }',
    ],
    silent: [
      'uprobe:/usr/lib/libssl.so:SSL_write { @ = hist(arg2); }',
      'tracepoint:syscalls:sys_enter_openat { printf("%s", str(args.filename)); }',
      'kprobe:vfs_read { $f = (struct file *)arg0; @[str($f->f_path.dentry->d_name.name)] = count(); }',
      'tracepoint:syscalls:sys_enter_write { @[comm] = hist(args.count); }',
    ],
  },
  'large-maps': {
    fires: ['config = { max_map_keys = 1000000 } kprobe:f { @[comm, pid] = count(); }'],
    silent: ['kprobe:f { @[comm] = count(); }', 'config = { max_map_keys = 100 } kprobe:f { @[comm, pid] = count(); }'],
  },
  'big-loop': {
    fires: [
      'begin { for $i : 0..100000 { @ = $i; } }',
      'begin { unroll(100) { unroll(100) { unroll(100) { @ = 1; } } } }',
      'begin { for $i : 0..9000000 { @ = $i; } }',
    ],
    silent: ['begin { unroll(10) { @ = 1; } }', 'begin { for $i : 0..100 { for $j : 0..100 { @ = $j; } } }'],
  },
  'instruction-limit': {
    fires: [
      'begin { $i = 0; while ($i < 100000) { @ = $i; $i++; } }',
      'begin { unroll(100) { unroll(100) { unroll(5) { @[1] = count(); } } } }',
    ],
    silent: [
      'begin { $i = 0; while ($i < 1000) { @ = $i; $i++; } }',
      'begin { for $i : 0..1000000 { @[$i] = count(); } }',
      'begin { unroll(30) { unroll(30) { @[1] = count(); } } }',
    ],
  },
  'frequent-timer': {
    fires: ['profile:hz:5000 { @ = count(); }', 'interval:us:10 { @ = count(); }', 'profile:us:100 { @ = count(); }'],
    silent: ['profile:hz:999 { @ = count(); }', 'interval:ms:10 { @ = count(); }', 'profile:ms:10 { @ = count(); }'],
  },
  'uretprobe-on-go': {
    fires: [
      'uretprobe:/usr/bin/app:main.main { @ = count(); }',
      'uretprobe:/usr/bin/app:"net/http.(*Client).Do" { @ = count(); }',
    ],
    silent: ['uprobe:/usr/bin/app:main.main { @ = count(); }', 'uretprobe:/bin/bash:readline { @ = count(); }'],
  },
}

function codes(program: string): readonly string[] {
  const { assessment } = inspect(program, { bpftrace: newestVersion, kernel, unsafe: true, params: ['1'] })
  return assessment.diagnostics.map(({ code }) => code)
}

describe.each(Object.entries(programs))('%s', (code, { fires, silent }) => {
  test('is a rule', () => expect(rules.map((rule) => rule.code)).toContain(code))
  test.each(fires)('is said of: %s', (program) => expect(codes(program)).toContain(code))
  test.each(silent)('is not said of: %s', (program) => expect(codes(program)).not.toContain(code))
})
