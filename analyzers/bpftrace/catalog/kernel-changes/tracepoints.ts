/** Tracepoints that came, went or were renamed, and arguments of tracepoints that not every kernel has. */
import type { KernelChange } from './kernel-change.ts'

const types = 'BTF of Debian’s 5.10, 6.1, 6.12 and 7.2 kernels and of 6.18'
const calls = 'manual page syscalls(2)'

type Row = Omit<KernelChange, 'kind'>

const tracepoints: readonly Row[] = [
  { name: 'kmem:kmalloc_node', gone: '6.1', after: 'kmem:kmalloc', source: 'Linux 11e9734bcb6a' },
  { name: 'kmem:kmem_cache_alloc_node', gone: '6.1', after: 'kmem:kmem_cache_alloc', source: 'Linux 11e9734bcb6a' },
  { name: 'block:block_io_start', from: '6.5', before: 'block:block_rq_issue', source: 'Linux 5a80bd075f3b' },
  { name: 'block:block_io_done', from: '6.5', before: 'block:block_rq_complete', source: 'Linux 5a80bd075f3b' },
  { name: 'block:block_rq_error', from: '5.18', before: 'block:block_rq_complete', source: 'Linux d5869fdc189f' },
  { name: 'block:block_sleeprq', seen: '5.10', gone: '6.1', after: 'block:block_getrq', source: types },
  { name: 'block:block_bio_bounce', seen: '6.12', gone: '6.18', source: types },
  {
    name: 'tcp:tcp_set_state',
    gone: '4.16',
    after: 'sock:inet_sock_set_state',
    source: 'iovisor/bcc tools/tcplife and tools/tcpstates',
  },
  {
    name: 'sock:inet_sock_set_state',
    from: '4.16',
    before: 'tcp:tcp_set_state',
    source: 'iovisor/bcc tools/tcplife and tools/tcpstates',
  },
  {
    name: 'tcp:tcp_retransmit_skb',
    from: '4.15',
    source: 'Linux e086101b150a ("tcp: add a tracepoint for tcp retransmission")',
  },
  {
    name: 'tcp:tcp_cong_state_set',
    from: '6.0',
    source: `absent from 5.10, in 6.1: ${types}`,
    note: 'at the latest 6.1',
  },
  { name: 'tcp:tcp_bad_csum', from: '6.1', note: 'at the latest', source: types },
  { name: 'tcp:tcp_sendmsg_locked', from: '6.18', note: 'at the latest', source: types },
  { name: 'sock:sk_data_ready', from: '6.12', note: 'at the latest', source: types },
  { name: 'sock:sock_send_length', from: '6.12', note: 'at the latest', source: types },
  { name: 'sock:sock_recv_length', from: '6.12', note: 'at the latest', source: types },
  { name: 'qdisc:qdisc_enqueue', from: '6.1', note: 'at the latest', source: types },
  {
    name: 'lock:contention_begin',
    from: '5.19',
    source: 'Linux 16edd9b511a1 ("locking: Add lock contention tracepoints")',
  },
  {
    name: 'lock:contention_end',
    from: '5.19',
    source: 'Linux 16edd9b511a1 ("locking: Add lock contention tracepoints")',
  },
  {
    name: 'writeback:writeback_dirty_page',
    gone: '5.16',
    after: 'writeback:writeback_dirty_folio',
    source: `iovisor/bcc libbpf-tools/cachestat; ${types}`,
  },
  {
    name: 'writeback:writeback_dirty_folio',
    from: '5.16',
    before: 'writeback:writeback_dirty_page',
    source: `iovisor/bcc libbpf-tools/cachestat; ${types}`,
  },
  {
    name: 'vmscan:mm_vmscan_writepage',
    seen: '5.10',
    gone: '6.1',
    after: 'vmscan:mm_vmscan_write_folio',
    source: types,
  },
  {
    name: 'vmscan:mm_vmscan_write_folio',
    from: '6.1',
    before: 'vmscan:mm_vmscan_writepage',
    note: 'at the latest',
    source: types,
  },
  {
    name: 'sched:sched_prepare_exec',
    from: '6.12',
    before: 'sched:sched_process_exec',
    note: 'at the latest',
    source: types,
  },
  { name: 'ipi:ipi_send_cpu', from: '6.12', note: 'at the latest', source: types },
  { name: 'ipi:ipi_send_cpumask', from: '6.12', note: 'at the latest', source: types },
  { name: 'csd:csd_function_entry', from: '6.12', note: 'at the latest', source: types },
  { name: 'timer:hrtimer_init', seen: '6.12', gone: '6.18', after: 'timer:hrtimer_setup', source: types },
  { name: 'timer:hrtimer_setup', from: '6.18', before: 'timer:hrtimer_init', note: 'at the latest', source: types },
  { name: 'filemap:mm_filemap_fault', from: '6.12', note: 'at the latest', source: types },
  { name: 'filemap:mm_filemap_get_pages', from: '6.12', note: 'at the latest', source: types },
  { name: 'mmap_lock:mmap_lock_start_locking', from: '6.1', note: 'at the latest', source: types },
  { name: 'mmap_lock:mmap_lock_acquire_returned', from: '6.1', note: 'at the latest', source: types },
  {
    name: 'io_uring:io_uring_submit_sqe',
    seen: '6.1',
    gone: '6.12',
    after: 'io_uring:io_uring_submit_req',
    source: types,
  },
  {
    name: 'io_uring:io_uring_submit_req',
    from: '6.12',
    before: 'io_uring:io_uring_submit_sqe',
    note: 'at the latest',
    source: types,
  },
  { name: 'ext4:ext4_readpage', seen: '5.10', gone: '6.1', after: 'ext4:ext4_read_folio', source: types },
  ...systemCall('openat2', '5.6', 'openat'),
  ...systemCall('clone3', '5.3', 'clone'),
  ...systemCall('close_range', '5.9', 'close'),
  ...systemCall('epoll_pwait2', '5.11', 'epoll_pwait'),
  ...systemCall('faccessat2', '5.8', 'faccessat'),
  ...systemCall('fchmodat2', '6.6', 'fchmodat'),
  ...systemCall('futex_waitv', '5.16', 'futex'),
  ...systemCall('futex_wait', '6.7', 'futex'),
  ...systemCall('futex_wake', '6.7', 'futex'),
  ...systemCall('io_uring_enter', '5.1'),
  ...systemCall('io_uring_setup', '5.1'),
  ...systemCall('mount_setattr', '5.12', 'mount'),
  ...systemCall('move_mount', '5.2', 'mount'),
  ...systemCall('fsopen', '5.2', 'mount'),
  ...systemCall('pidfd_open', '5.3'),
  ...systemCall('pidfd_send_signal', '5.1', 'kill'),
  ...systemCall('process_madvise', '5.10', 'madvise'),
]

const args: readonly Row[] = [
  { name: 'skb:kfree_skb.reason', from: '5.17', source: `Linux c504e5c2f964; ${types}` },
  { name: 'skb:kfree_skb.rx_sk', from: '6.12', note: 'at the latest', source: types },
  { name: 'kmem:kmalloc.node', from: '6.1', source: 'Linux 11e9734bcb6a' },
  {
    name: 'kmem:kmem_cache_free.name',
    from: '5.12',
    source: 'Linux 3544de8ee6e4 ("mm, tracing: record slab name for kmem_cache_free()")',
  },
  { name: 'sched:sched_wakeup.success', seen: '5.10', gone: '6.1', source: types },
  { name: 'sched:sched_wakeup_new.success', seen: '5.10', gone: '6.1', source: types },
  { name: 'sched:sched_stat_runtime.vruntime', seen: '6.1', gone: '6.12', source: types },
  { name: 'sched:sched_process_exit.group_dead', from: '6.18', note: 'at the latest', source: types },
  { name: 'block:block_rq_issue.ioprio', from: '6.12', note: 'at the latest', source: types },
  { name: 'block:block_rq_complete.ioprio', from: '6.12', note: 'at the latest', source: types },
  { name: 'tcp:tcp_retransmit_skb.err', from: '6.18', note: 'at the latest', source: types },
  { name: 'tcp:tcp_retransmit_skb.family', from: '6.1', note: 'at the latest', source: types },
  { name: 'tcp:tcp_probe.skaddr', from: '6.12', note: 'at the latest', source: types },
  { name: 'filemap:mm_filemap_add_to_page_cache.order', from: '6.1', note: 'at the latest', source: types },
  { name: 'oom:mark_victim.comm', from: '6.12', note: 'at the latest', source: types },
  { name: 'oom:mark_victim.total_vm', from: '6.1', note: 'in its later updates', source: types },
]

/** Entry and exit of a system call. */
function systemCall(name: string, from: string, before?: string): Row[] {
  return ['enter', 'exit'].map((way) => ({
    name: `syscalls:sys_${way}_${name}`,
    from,
    ...(before === undefined ? {} : { before: `syscalls:sys_${way}_${before}` }),
    source: calls,
  }))
}

export const changedTracepoints: readonly KernelChange[] = [
  ...tracepoints.map((row) => ({ kind: 'tracepoint' as const, ...row })),
  ...args.map((row) => ({ kind: 'argument' as const, ...row })),
]
