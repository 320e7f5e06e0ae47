/**
 * How often well-known probes fire, as data. The figures are orders of magnitude for a busy server, for each CPU and
 * second: what one core of a loaded machine produces, so that they grow with the machine. A lightly loaded machine has a
 * hundredth of them; real rates replace them wherever somebody measured.
 */
export interface HotProbe {
  /** Provider and the rest of the attach point; `*` matches any text. */
  readonly pattern: string
  /** Events on one CPU in a second. */
  readonly perCpu: number
  /** What it counts, for people. */
  readonly what: string
  readonly source: string
}

/** Where the figures come from. */
const sources = {
  counted:
    'counted by probe for five seconds on a Linux 6.18 with two CPUs that built programs, ran tests, a browser, disk and network load',
  book: 'Gregg, "BPF Performance Tools" (2019), chapter 18: its classes of events by frequency',
  same: 'as the tracepoint, system call or event that it belongs to',
} as const

/** First match wins; the more particular stand first. */
export const hotProbes: readonly HotProbe[] = [
  { pattern: 'tracepoint:raw_syscalls:sys_*', perCpu: 50_000, what: 'every system call', source: sources.counted },
  { pattern: 'rawtracepoint:sys_*', perCpu: 50_000, what: 'every system call', source: sources.same },
  { pattern: 'rawtracepoint:raw_syscalls:sys_*', perCpu: 50_000, what: 'every system call', source: sources.same },
  {
    pattern: 'tracepoint:syscalls:sys_*_futex*',
    perCpu: 10_000,
    what: 'lock waits of threads',
    source: sources.counted,
  },
  { pattern: 'tracepoint:syscalls:sys_*_read', perCpu: 8_000, what: 'reads', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_write', perCpu: 6_000, what: 'writes', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_recv*', perCpu: 4_000, what: 'socket reads', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_send*', perCpu: 4_000, what: 'socket writes', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_epoll*', perCpu: 4_000, what: 'event waits', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_poll', perCpu: 1_000, what: 'event waits', source: sources.counted },
  {
    pattern: 'tracepoint:syscalls:sys_*_clock*',
    perCpu: 500,
    what: 'clock calls outside the vDSO',
    source: sources.counted,
  },
  { pattern: 'tracepoint:syscalls:sys_*_open', perCpu: 100, what: 'opened files', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_open*', perCpu: 1_000, what: 'opened files', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_close', perCpu: 800, what: 'closed files', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_*stat*', perCpu: 800, what: 'file lookups', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_execve*', perCpu: 20, what: 'started programs', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_connect', perCpu: 50, what: 'outgoing connections', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_accept*', perCpu: 100, what: 'incoming connections', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_exit*', perCpu: 10, what: 'ended threads', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_mmap', perCpu: 1_000, what: 'memory mappings', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_brk', perCpu: 100, what: 'heap growth', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_kill', perCpu: 20, what: 'signals', source: sources.counted },
  {
    pattern: 'tracepoint:syscalls:sys_*_rt_sig*',
    perCpu: 3_000,
    what: 'signal masks and handlers',
    source: sources.counted,
  },
  { pattern: 'tracepoint:syscalls:sys_*_mprotect', perCpu: 500, what: 'memory protection', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_munmap', perCpu: 500, what: 'memory mappings', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_madvise', perCpu: 400, what: 'memory advice', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_fcntl', perCpu: 500, what: 'descriptor flags', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_get*id', perCpu: 500, what: 'identities of processes', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_readlink*', perCpu: 300, what: 'resolved links', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_nanosleep', perCpu: 500, what: 'sleeps', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_set*id', perCpu: 1, what: 'changed privileges', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_*sync*', perCpu: 20, what: 'flushed files', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_*mount*', perCpu: 0.1, what: 'mounts', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_*module', perCpu: 0.01, what: 'kernel modules', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_bind', perCpu: 10, what: 'bound sockets', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_listen', perCpu: 1, what: 'listening sockets', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_socket', perCpu: 200, what: 'new sockets', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_ptrace', perCpu: 1, what: 'debuggers', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_unlink*', perCpu: 50, what: 'deleted files', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_rename*', perCpu: 20, what: 'renamed files', source: sources.book },
  { pattern: 'tracepoint:syscalls:sys_*_mkdir*', perCpu: 10, what: 'new folders', source: sources.counted },
  { pattern: 'tracepoint:syscalls:sys_*_clone*', perCpu: 30, what: 'new threads', source: sources.counted },
  { pattern: 'tracepoint:syscalls:*', perCpu: 100, what: 'one system call', source: sources.book },
  { pattern: 'tracepoint:sched:sched_switch', perCpu: 10_000, what: 'context switches', source: sources.counted },
  { pattern: 'tracepoint:sched:sched_wakeup_new', perCpu: 30, what: 'process starts', source: sources.counted },
  { pattern: 'tracepoint:sched:sched_wak*', perCpu: 8_000, what: 'wake-ups', source: sources.counted },
  { pattern: 'tracepoint:sched:sched_stat_*', perCpu: 10_000, what: 'scheduler statistics', source: sources.counted },
  { pattern: 'tracepoint:sched:sched_migrate_task', perCpu: 1_000, what: 'migrations', source: sources.book },
  { pattern: 'tracepoint:sched:sched_process_*', perCpu: 30, what: 'process starts and ends', source: sources.counted },
  { pattern: 'tracepoint:sched:*', perCpu: 1_000, what: 'scheduler events', source: sources.book },
  { pattern: 'tracepoint:irq:softirq_*', perCpu: 5_000, what: 'soft interrupts', source: sources.counted },
  { pattern: 'tracepoint:irq:*', perCpu: 5_000, what: 'interrupts', source: sources.counted },
  { pattern: 'tracepoint:irq_vectors:*', perCpu: 5_000, what: 'interrupts', source: sources.counted },
  { pattern: 'tracepoint:timer:*', perCpu: 5_000, what: 'timers', source: sources.counted },
  { pattern: 'tracepoint:rcu:*', perCpu: 20_000, what: 'RCU bookkeeping', source: sources.counted },
  { pattern: 'tracepoint:lock:contention_*', perCpu: 1_000, what: 'contended kernel locks', source: sources.counted },
  { pattern: 'tracepoint:lock:*', perCpu: 200_000, what: 'kernel locks', source: sources.book },
  { pattern: 'tracepoint:preemptirq:*', perCpu: 500_000, what: 'interrupt flags', source: sources.book },
  { pattern: 'tracepoint:kmem:mm_page_*', perCpu: 20_000, what: 'page allocations', source: sources.counted },
  { pattern: 'tracepoint:kmem:*', perCpu: 30_000, what: 'kernel allocations', source: sources.counted },
  { pattern: 'tracepoint:exceptions:page_fault_*', perCpu: 20_000, what: 'page faults', source: sources.counted },
  { pattern: 'tracepoint:maple_tree:*', perCpu: 10_000, what: 'memory mappings', source: sources.counted },
  { pattern: 'tracepoint:mmap_lock:*', perCpu: 10_000, what: 'locks of address spaces', source: sources.counted },
  { pattern: 'tracepoint:mmap:*', perCpu: 2_000, what: 'memory mappings', source: sources.counted },
  { pattern: 'tracepoint:tlb:*', perCpu: 5_000, what: 'TLB flushes', source: sources.counted },
  { pattern: 'tracepoint:vmscan:*', perCpu: 200, what: 'memory reclaim', source: sources.book },
  { pattern: 'tracepoint:filemap:*', perCpu: 5_000, what: 'page cache changes', source: sources.counted },
  { pattern: 'tracepoint:writeback:writeback_start', perCpu: 10, what: 'write-back', source: sources.book },
  { pattern: 'tracepoint:writeback:writeback_written', perCpu: 10, what: 'write-back', source: sources.book },
  { pattern: 'tracepoint:writeback:*', perCpu: 1_000, what: 'write-back', source: sources.counted },
  { pattern: 'tracepoint:block:*', perCpu: 1_000, what: 'block requests', source: sources.counted },
  { pattern: 'tracepoint:nvme:*', perCpu: 1_000, what: 'block requests', source: sources.book },
  { pattern: 'tracepoint:ext4:*', perCpu: 2_000, what: 'file system calls', source: sources.counted },
  { pattern: 'tracepoint:xfs:*', perCpu: 5_000, what: 'file system calls', source: sources.book },
  { pattern: 'tracepoint:net:*', perCpu: 10_000, what: 'packets', source: sources.book },
  { pattern: 'tracepoint:skb:kfree_skb', perCpu: 500, what: 'dropped packets', source: sources.book },
  { pattern: 'tracepoint:skb:*', perCpu: 10_000, what: 'packet buffers', source: sources.counted },
  { pattern: 'tracepoint:napi:*', perCpu: 5_000, what: 'packet polling', source: sources.book },
  { pattern: 'tracepoint:tcp:tcp_probe', perCpu: 10_000, what: 'TCP segments', source: sources.book },
  { pattern: 'tracepoint:tcp:*', perCpu: 100, what: 'TCP state changes', source: sources.counted },
  { pattern: 'tracepoint:sock:inet_sock_set_state', perCpu: 200, what: 'TCP state changes', source: sources.counted },
  { pattern: 'tracepoint:sock:*', perCpu: 5_000, what: 'socket buffers', source: sources.counted },
  { pattern: 'tracepoint:workqueue:*', perCpu: 2_000, what: 'kernel work items', source: sources.book },
  { pattern: 'tracepoint:power:*', perCpu: 5_000, what: 'idle and frequency changes', source: sources.book },
  { pattern: 'tracepoint:signal:*', perCpu: 1_000, what: 'signals', source: sources.counted },
  { pattern: 'tracepoint:task:*', perCpu: 50, what: 'task changes', source: sources.counted },
  { pattern: 'tracepoint:oom:*', perCpu: 0.01, what: 'out-of-memory events', source: sources.book },
  { pattern: 'rawtracepoint:sched_switch', perCpu: 10_000, what: 'context switches', source: sources.same },
  { pattern: 'rawtracepoint:sched_wak*', perCpu: 8_000, what: 'wake-ups', source: sources.same },
  { pattern: '*probe:__kmalloc*', perCpu: 50_000, what: 'kernel allocations', source: sources.same },
  { pattern: '*probe:kmem_cache_*', perCpu: 50_000, what: 'kernel allocations', source: sources.same },
  { pattern: '*probe:kfree_skb', perCpu: 500, what: 'dropped packets', source: sources.same },
  { pattern: '*probe:kfree_skb_reason', perCpu: 500, what: 'dropped packets', source: sources.same },
  { pattern: '*probe:kfree_skb*', perCpu: 10_000, what: 'packet buffers', source: sources.same },
  { pattern: '*probe:kfree*', perCpu: 50_000, what: 'kernel allocations', source: sources.same },
  { pattern: '*probe:*spin_lock*', perCpu: 200_000, what: 'kernel locks', source: sources.same },
  { pattern: '*probe:*spin_unlock*', perCpu: 200_000, what: 'kernel locks', source: sources.same },
  { pattern: '*probe:mutex_lock*', perCpu: 20_000, what: 'kernel locks', source: sources.same },
  { pattern: '*probe:mutex_unlock', perCpu: 20_000, what: 'kernel locks', source: sources.same },
  { pattern: '*probe:schedule', perCpu: 10_000, what: 'context switches', source: sources.same },
  { pattern: '*probe:finish_task_switch*', perCpu: 10_000, what: 'context switches', source: sources.same },
  { pattern: '*probe:try_to_wake_up', perCpu: 8_000, what: 'wake-ups', source: sources.same },
  { pattern: '*probe:handle_mm_fault', perCpu: 20_000, what: 'page faults', source: sources.same },
  { pattern: '*probe:vfs_read', perCpu: 8_000, what: 'reads', source: sources.same },
  { pattern: '*probe:vfs_write', perCpu: 6_000, what: 'writes', source: sources.same },
  { pattern: '*probe:vfs_open', perCpu: 1_000, what: 'opened files', source: sources.same },
  { pattern: '*probe:vfs_*stat*', perCpu: 800, what: 'file look-ups', source: sources.same },
  { pattern: '*probe:vfs_*', perCpu: 50, what: 'file system calls', source: sources.same },
  { pattern: '*probe:lookup_fast*', perCpu: 10_000, what: 'path lookups', source: sources.same },
  { pattern: '*probe:dput', perCpu: 20_000, what: 'path lookups', source: sources.same },
  { pattern: '*probe:tcp_sendmsg*', perCpu: 3_000, what: 'TCP writes', source: sources.same },
  { pattern: '*probe:tcp_recvmsg*', perCpu: 3_000, what: 'TCP reads', source: sources.same },
  { pattern: '*probe:tcp_v*_connect', perCpu: 50, what: 'outgoing connections', source: sources.same },
  { pattern: '*probe:inet_csk_accept', perCpu: 100, what: 'incoming connections', source: sources.same },
  { pattern: '*probe:tcp_retransmit_skb', perCpu: 10, what: 'retransmissions', source: sources.same },
  { pattern: '*probe:__netif_receive_skb*', perCpu: 10_000, what: 'packets', source: sources.same },
  { pattern: '*probe:dev_queue_xmit*', perCpu: 10_000, what: 'packets', source: sources.same },
  { pattern: '*probe:ip_*', perCpu: 10_000, what: 'packets', source: sources.same },
  { pattern: '*probe:skb_copy_datagram_iter', perCpu: 500, what: 'socket reads', source: sources.same },
  { pattern: '*probe:sk_skb_reason_drop', perCpu: 500, what: 'dropped packets', source: sources.same },
  { pattern: '*probe:*skb*', perCpu: 10_000, what: 'packet buffers', source: sources.same },
  { pattern: '*probe:unix_*', perCpu: 500, what: 'local sockets', source: sources.same },
  { pattern: '*probe:tcp_v*_syn_recv_sock', perCpu: 100, what: 'incoming connections', source: sources.same },
  { pattern: '*probe:tcp_connect', perCpu: 50, what: 'outgoing connections', source: sources.same },
  { pattern: '*probe:tcp_set_state', perCpu: 200, what: 'TCP state changes', source: sources.same },
  { pattern: '*probe:udp_*msg', perCpu: 2_000, what: 'UDP messages', source: sources.same },
  { pattern: '*probe:*_file_read_iter', perCpu: 4_000, what: 'reads of a file system', source: sources.same },
  { pattern: '*probe:*_file_write_iter', perCpu: 3_000, what: 'writes of a file system', source: sources.same },
  { pattern: '*probe:*_file_open', perCpu: 500, what: 'opened files', source: sources.same },
  { pattern: '*probe:*_file_fsync', perCpu: 20, what: 'flushed files', source: sources.same },
  { pattern: '*probe:*_sync_file', perCpu: 20, what: 'flushed files', source: sources.same },
  { pattern: '*probe:cap_capable', perCpu: 500, what: 'permission checks', source: sources.same },
  { pattern: '*probe:security_file_open', perCpu: 1_000, what: 'opened files', source: sources.same },
  { pattern: '*probe:security_*', perCpu: 1_000, what: 'permission checks', source: sources.same },
  { pattern: '*probe:d_lookup', perCpu: 2_000, what: 'path lookups', source: sources.same },
  { pattern: '*probe:swap_read*', perCpu: 100, what: 'pages from swap', source: sources.same },
  { pattern: '*probe:md_flush_request', perCpu: 1, what: 'flushes of RAID devices', source: sources.same },
  { pattern: '*probe:blk_mq_*_request', perCpu: 1_000, what: 'block requests', source: sources.same },
  { pattern: '*probe:*blk_account_io_*', perCpu: 1_000, what: 'block requests', source: sources.same },
  { pattern: '*probe:submit_bio*', perCpu: 1_000, what: 'block requests', source: sources.same },
  { pattern: '*probe:do_exit', perCpu: 30, what: 'ended threads', source: sources.same },
  { pattern: '*probe:kernel_clone', perCpu: 30, what: 'new threads', source: sources.same },
  { pattern: '*probe:_do_fork', perCpu: 30, what: 'new threads', source: sources.same },
  { pattern: '*probe:*_sys_execve*', perCpu: 20, what: 'started programs', source: sources.same },
  { pattern: '*probe:bprm_execve', perCpu: 20, what: 'started programs', source: sources.same },
  { pattern: '*probe:do_sys_open*', perCpu: 1_000, what: 'opened files', source: sources.same },
  { pattern: '*probe:do_nanosleep', perCpu: 100, what: 'sleeps', source: sources.same },
  { pattern: '*probe:oom_kill_process', perCpu: 0.01, what: 'out-of-memory events', source: sources.same },
  { pattern: 'ur*probe:*:malloc', perCpu: 50_000, what: 'allocations of a program', source: sources.same },
  { pattern: 'u*probe:*:malloc', perCpu: 50_000, what: 'allocations of a program', source: sources.same },
  { pattern: 'u*probe:*:free', perCpu: 50_000, what: 'allocations of a program', source: sources.same },
  { pattern: 'u*probe:*:*alloc', perCpu: 20_000, what: 'allocations of a program', source: sources.same },
  { pattern: 'u*probe:*:pthread_mutex_*', perCpu: 50_000, what: 'locks of a program', source: sources.same },
  { pattern: 'u*probe:*:mem*', perCpu: 100_000, what: 'memory copies of a program', source: sources.same },
  { pattern: 'u*probe:*:str*', perCpu: 50_000, what: 'string functions of a program', source: sources.same },
  { pattern: 'u*probe:*:readline', perCpu: 0.1, what: 'typed lines', source: sources.same },
  { pattern: 'u*probe:*:getaddrinfo', perCpu: 10, what: 'name look-ups', source: sources.same },
  { pattern: 'u*probe:*:gethostbyname*', perCpu: 10, what: 'name look-ups', source: sources.same },
  { pattern: 'u*probe:*:pthread_create', perCpu: 10, what: 'new threads', source: sources.same },
  { pattern: 'u*probe:*:SSL_*handshake', perCpu: 20, what: 'TLS handshakes', source: sources.same },
  { pattern: 'u*probe:*:*printf*', perCpu: 2_000, what: 'formatted output of a program', source: sources.same },
  { pattern: 'u*probe:*:open*', perCpu: 500, what: 'opened files', source: sources.same },
  { pattern: 'u*probe:*:SSL_*', perCpu: 500, what: 'TLS records', source: sources.same },
  { pattern: 'software:page-faults:*', perCpu: 20_000, what: 'page faults', source: sources.same },
  { pattern: 'software:faults:*', perCpu: 20_000, what: 'page faults', source: sources.same },
  { pattern: 'software:context-switches:*', perCpu: 10_000, what: 'context switches', source: sources.same },
  { pattern: 'software:cs:*', perCpu: 10_000, what: 'context switches', source: sources.same },
  { pattern: 'software:cpu-migrations:*', perCpu: 100, what: 'migrations', source: sources.same },
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

/** Programs name the same probes again with every key; more than these need not be kept. */
const MOST_KEPT = 4096
const found = new Map<string, HotProbe | undefined>()

/** The entry for an attach point written out in full with its long provider name. */
export function hotProbe(attachPoint: string): HotProbe | undefined {
  if (found.has(attachPoint)) return found.get(attachPoint)
  const plain = asKprobe(attachPoint)
  const probe = compiled.find(({ pattern }) => pattern.test(plain))?.probe
  if (found.size >= MOST_KEPT) found.clear()
  found.set(attachPoint, probe)
  return probe
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
