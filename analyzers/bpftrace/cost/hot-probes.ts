/**
 * How often well-known probes fire, as data. The figures are orders of magnitude for a busy server, for each CPU and
 * second: what one core of a loaded machine produces, so that they grow with the machine. Sources: `perf stat -e` counts
 * and per-second `count()` runs on loaded Linux hosts, and the frequency tables of Gregg, "BPF Performance Tools"
 * (2019), chapter 18, which sorts events the same way (thousands of syscalls and context switches, tens of thousands of
 * allocations and packets, millions of scheduler or lock events).
 */
export interface HotProbe {
  /** Provider and the rest of the attach point; `*` matches any text. */
  readonly pattern: string
  /** Events on one CPU in a second. */
  readonly perCpu: number
  /** What it counts, for people. */
  readonly what: string
}

/** First match wins; the more particular stand first. */
export const hotProbes: readonly HotProbe[] = [
  { pattern: 'tracepoint:raw_syscalls:sys_*', perCpu: 50_000, what: 'every system call' },
  { pattern: 'rawtracepoint:sys_*', perCpu: 50_000, what: 'every system call' },
  { pattern: 'rawtracepoint:raw_syscalls:sys_*', perCpu: 50_000, what: 'every system call' },
  { pattern: 'tracepoint:syscalls:sys_*_futex*', perCpu: 10_000, what: 'lock waits of threads' },
  { pattern: 'tracepoint:syscalls:sys_*_read', perCpu: 8_000, what: 'reads' },
  { pattern: 'tracepoint:syscalls:sys_*_write', perCpu: 6_000, what: 'writes' },
  { pattern: 'tracepoint:syscalls:sys_*_recv*', perCpu: 4_000, what: 'socket reads' },
  { pattern: 'tracepoint:syscalls:sys_*_send*', perCpu: 4_000, what: 'socket writes' },
  { pattern: 'tracepoint:syscalls:sys_*_epoll*', perCpu: 4_000, what: 'event waits' },
  { pattern: 'tracepoint:syscalls:sys_*_poll', perCpu: 1_000, what: 'event waits' },
  { pattern: 'tracepoint:syscalls:sys_*_clock*', perCpu: 500, what: 'clock calls outside the vDSO' },
  { pattern: 'tracepoint:syscalls:sys_*_open*', perCpu: 500, what: 'opened files' },
  { pattern: 'tracepoint:syscalls:sys_*_close', perCpu: 800, what: 'closed files' },
  { pattern: 'tracepoint:syscalls:sys_*_*stat*', perCpu: 800, what: 'file lookups' },
  { pattern: 'tracepoint:syscalls:sys_*_execve*', perCpu: 5, what: 'started programs' },
  { pattern: 'tracepoint:syscalls:sys_*_connect', perCpu: 50, what: 'outgoing connections' },
  { pattern: 'tracepoint:syscalls:sys_*_accept*', perCpu: 100, what: 'incoming connections' },
  { pattern: 'tracepoint:syscalls:sys_*_exit*', perCpu: 10, what: 'ended threads' },
  { pattern: 'tracepoint:syscalls:sys_*_mmap', perCpu: 200, what: 'memory mappings' },
  { pattern: 'tracepoint:syscalls:sys_*_brk', perCpu: 100, what: 'heap growth' },
  { pattern: 'tracepoint:syscalls:sys_*_kill', perCpu: 1, what: 'signals' },
  { pattern: 'tracepoint:syscalls:*', perCpu: 100, what: 'one system call' },

  { pattern: 'tracepoint:sched:sched_switch', perCpu: 10_000, what: 'context switches' },
  { pattern: 'tracepoint:sched:sched_wakeup_new', perCpu: 10, what: 'process starts' },
  { pattern: 'tracepoint:sched:sched_wak*', perCpu: 8_000, what: 'wake-ups' },
  { pattern: 'tracepoint:sched:sched_stat_*', perCpu: 10_000, what: 'scheduler statistics' },
  { pattern: 'tracepoint:sched:sched_migrate_task', perCpu: 1_000, what: 'migrations' },
  { pattern: 'tracepoint:sched:sched_process_*', perCpu: 10, what: 'process starts and ends' },
  { pattern: 'tracepoint:sched:*', perCpu: 1_000, what: 'scheduler events' },
  { pattern: 'tracepoint:irq:softirq_*', perCpu: 5_000, what: 'soft interrupts' },
  { pattern: 'tracepoint:irq:*', perCpu: 5_000, what: 'interrupts' },
  { pattern: 'tracepoint:irq_vectors:*', perCpu: 5_000, what: 'interrupts' },
  { pattern: 'tracepoint:timer:*', perCpu: 5_000, what: 'timers' },
  { pattern: 'tracepoint:rcu:*', perCpu: 20_000, what: 'RCU bookkeeping' },
  { pattern: 'tracepoint:lock:*', perCpu: 200_000, what: 'kernel locks' },
  { pattern: 'tracepoint:preemptirq:*', perCpu: 500_000, what: 'interrupt flags' },
  { pattern: 'tracepoint:kmem:mm_page_*', perCpu: 10_000, what: 'page allocations' },
  { pattern: 'tracepoint:kmem:*', perCpu: 50_000, what: 'kernel allocations' },
  { pattern: 'tracepoint:exceptions:page_fault_*', perCpu: 5_000, what: 'page faults' },
  { pattern: 'tracepoint:tlb:*', perCpu: 5_000, what: 'TLB flushes' },
  { pattern: 'tracepoint:vmscan:*', perCpu: 200, what: 'memory reclaim' },
  { pattern: 'tracepoint:filemap:*', perCpu: 5_000, what: 'page cache changes' },
  { pattern: 'tracepoint:writeback:*', perCpu: 1_000, what: 'write-back' },
  { pattern: 'tracepoint:block:*', perCpu: 1_000, what: 'block requests' },
  { pattern: 'tracepoint:nvme:*', perCpu: 1_000, what: 'block requests' },
  { pattern: 'tracepoint:ext4:*', perCpu: 2_000, what: 'file system calls' },
  { pattern: 'tracepoint:xfs:*', perCpu: 5_000, what: 'file system calls' },
  { pattern: 'tracepoint:net:*', perCpu: 10_000, what: 'packets' },
  { pattern: 'tracepoint:skb:kfree_skb', perCpu: 500, what: 'dropped packets' },
  { pattern: 'tracepoint:skb:*', perCpu: 10_000, what: 'packet buffers' },
  { pattern: 'tracepoint:napi:*', perCpu: 5_000, what: 'packet polling' },
  { pattern: 'tracepoint:tcp:tcp_probe', perCpu: 10_000, what: 'TCP segments' },
  { pattern: 'tracepoint:tcp:*', perCpu: 100, what: 'TCP state changes' },
  { pattern: 'tracepoint:sock:inet_sock_set_state', perCpu: 200, what: 'TCP state changes' },
  { pattern: 'tracepoint:sock:*', perCpu: 5_000, what: 'socket buffers' },
  { pattern: 'tracepoint:workqueue:*', perCpu: 2_000, what: 'kernel work items' },
  { pattern: 'tracepoint:power:*', perCpu: 5_000, what: 'idle and frequency changes' },
  { pattern: 'tracepoint:signal:*', perCpu: 50, what: 'signals' },
  { pattern: 'tracepoint:task:*', perCpu: 10, what: 'task changes' },
  { pattern: 'tracepoint:oom:*', perCpu: 0.01, what: 'out-of-memory events' },
  { pattern: 'rawtracepoint:sched_switch', perCpu: 10_000, what: 'context switches' },
  { pattern: 'rawtracepoint:sched_wak*', perCpu: 8_000, what: 'wake-ups' },

  { pattern: '*probe:__kmalloc*', perCpu: 50_000, what: 'kernel allocations' },
  { pattern: '*probe:kmem_cache_*', perCpu: 50_000, what: 'kernel allocations' },
  { pattern: '*probe:kfree*', perCpu: 50_000, what: 'kernel allocations' },
  { pattern: '*probe:*spin_lock*', perCpu: 200_000, what: 'kernel locks' },
  { pattern: '*probe:*spin_unlock*', perCpu: 200_000, what: 'kernel locks' },
  { pattern: '*probe:mutex_lock*', perCpu: 20_000, what: 'kernel locks' },
  { pattern: '*probe:mutex_unlock', perCpu: 20_000, what: 'kernel locks' },
  { pattern: '*probe:schedule', perCpu: 10_000, what: 'context switches' },
  { pattern: '*probe:finish_task_switch*', perCpu: 10_000, what: 'context switches' },
  { pattern: '*probe:try_to_wake_up', perCpu: 8_000, what: 'wake-ups' },
  { pattern: '*probe:handle_mm_fault', perCpu: 5_000, what: 'page faults' },
  { pattern: '*probe:vfs_read', perCpu: 8_000, what: 'reads' },
  { pattern: '*probe:vfs_write', perCpu: 6_000, what: 'writes' },
  { pattern: '*probe:vfs_open', perCpu: 500, what: 'opened files' },
  { pattern: '*probe:vfs_*stat*', perCpu: 800, what: 'file look-ups' },
  { pattern: '*probe:vfs_*', perCpu: 50, what: 'file system calls' },
  { pattern: '*probe:lookup_fast*', perCpu: 10_000, what: 'path lookups' },
  { pattern: '*probe:dput', perCpu: 20_000, what: 'path lookups' },
  { pattern: '*probe:tcp_sendmsg*', perCpu: 3_000, what: 'TCP writes' },
  { pattern: '*probe:tcp_recvmsg*', perCpu: 3_000, what: 'TCP reads' },
  { pattern: '*probe:tcp_v*_connect', perCpu: 50, what: 'outgoing connections' },
  { pattern: '*probe:inet_csk_accept', perCpu: 100, what: 'incoming connections' },
  { pattern: '*probe:tcp_retransmit_skb', perCpu: 10, what: 'retransmissions' },
  { pattern: '*probe:__netif_receive_skb*', perCpu: 10_000, what: 'packets' },
  { pattern: '*probe:dev_queue_xmit*', perCpu: 10_000, what: 'packets' },
  { pattern: '*probe:ip_*', perCpu: 10_000, what: 'packets' },
  { pattern: '*probe:*skb*', perCpu: 10_000, what: 'packet buffers' },
  { pattern: '*probe:do_sys_open*', perCpu: 500, what: 'opened files' },
  { pattern: '*probe:do_nanosleep', perCpu: 100, what: 'sleeps' },
  { pattern: '*probe:oom_kill_process', perCpu: 0.01, what: 'out-of-memory events' },

  { pattern: 'ur*probe:*:malloc', perCpu: 50_000, what: 'allocations of a program' },
  { pattern: 'u*probe:*:malloc', perCpu: 50_000, what: 'allocations of a program' },
  { pattern: 'u*probe:*:free', perCpu: 50_000, what: 'allocations of a program' },
  { pattern: 'u*probe:*:*alloc', perCpu: 20_000, what: 'allocations of a program' },
  { pattern: 'u*probe:*:pthread_mutex_*', perCpu: 50_000, what: 'locks of a program' },
  { pattern: 'u*probe:*:mem*', perCpu: 100_000, what: 'memory copies of a program' },
  { pattern: 'u*probe:*:str*', perCpu: 50_000, what: 'string functions of a program' },
  { pattern: 'u*probe:*:readline', perCpu: 0.1, what: 'typed lines' },
  { pattern: 'u*probe:*:getaddrinfo', perCpu: 10, what: 'name look-ups' },
  { pattern: 'u*probe:*:SSL_*', perCpu: 500, what: 'TLS records' },
  { pattern: 'software:page-faults:*', perCpu: 5_000, what: 'page faults' },
  { pattern: 'software:faults:*', perCpu: 5_000, what: 'page faults' },
  { pattern: 'software:context-switches:*', perCpu: 10_000, what: 'context switches' },
  { pattern: 'software:cs:*', perCpu: 10_000, what: 'context switches' },
  { pattern: 'software:cpu-migrations:*', perCpu: 100, what: 'migrations' },
]

/** Where nothing particular is known, by provider: events on one CPU in a second. */
export const typicalRates: Readonly<Record<string, number>> = {
  tracepoint: 500,
  rawtracepoint: 500,
  kprobe: 500,
  kretprobe: 500,
  fentry: 500,
  fexit: 500,
  uprobe: 100,
  uretprobe: 100,
  usdt: 100,
  software: 100,
  hardware: 1000,
  watchpoint: 1000,
  asyncwatchpoint: 1000,
  iter: 0,
  begin: 0,
  end: 0,
  self: 0,
  test: 0,
  bench: 0,
}

/** From here on, events in a second on one CPU, a probe without a predicate is called hot. */
export const HOT_PER_CPU = 5_000

const compiled = hotProbes.map((probe) => ({ probe, pattern: wildcard(probe.pattern) }))

/** The entry for an attach point written out in full with its long provider name. */
export function hotProbe(attachPoint: string): HotProbe | undefined {
  const plain = asKprobe(attachPoint)
  return compiled.find(({ pattern }) => pattern.test(plain))?.probe
}

/** All probes of a kernel function fire as often; a module before its name changes nothing. */
function asKprobe(attachPoint: string): string {
  const [, way, name] = /^(k|kret|f)(?:probe|entry|exit):(?:[^:]+:)?([^:]+)$/.exec(attachPoint) ?? []
  return way === undefined || name === undefined ? attachPoint : `kprobe:${name.replace(/\+\w+$/, '')}`
}

/** `*` stands for any text, everything else for itself. */
export function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split(/\*+/)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
  )
}
