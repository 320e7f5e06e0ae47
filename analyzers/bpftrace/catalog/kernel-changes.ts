/**
 * Kernel functions and tracepoints that came, went, were renamed or became inline, with the Linux release: what makes a
 * program work on one kernel and not on another. Read off the kernel's own history; the release is the first that has
 * the change.
 */
export interface KernelChange {
  readonly kind: 'function' | 'tracepoint'
  readonly name: string
  readonly change: 'removed' | 'inlined' | 'added'
  /** Linux release `X.Y`. */
  readonly since: string
  /** What does the same from then on (or before, for what was added), where there is something. */
  readonly replacedBy?: string
  readonly note?: string
}

export const kernelChanges: readonly KernelChange[] = [
  {
    kind: 'function',
    name: 'do_sys_open',
    change: 'inlined',
    since: '5.6',
    replacedBy: 'do_sys_openat2',
  },
  { kind: 'function', name: 'blk_start_request', change: 'removed', since: '5.0', replacedBy: 'blk_mq_start_request' },
  {
    kind: 'function',
    name: 'blk_account_io_start',
    change: 'inlined',
    since: '5.16',
    replacedBy: '__blk_account_io_start',
  },
  {
    kind: 'function',
    name: 'blk_account_io_done',
    change: 'inlined',
    since: '5.16',
    replacedBy: '__blk_account_io_done',
  },
  {
    kind: 'function',
    name: '__blk_account_io_start',
    change: 'removed',
    since: '6.11',
    replacedBy: 'tracepoint:block:block_io_start',
  },
  {
    kind: 'function',
    name: '__blk_account_io_done',
    change: 'removed',
    since: '6.11',
    replacedBy: 'tracepoint:block:block_io_done',
  },
  {
    kind: 'function',
    name: 'blk_account_io_completion',
    change: 'inlined',
    since: '5.7',
    replacedBy: 'tracepoint:block:block_rq_complete',
  },
  { kind: 'function', name: 'tcp_drop', change: 'removed', since: '5.18', replacedBy: 'tracepoint:skb:kfree_skb' },
  { kind: 'function', name: 'mark_page_accessed', change: 'inlined', since: '5.16', replacedBy: 'folio_mark_accessed' },
  {
    kind: 'function',
    name: 'account_page_dirtied',
    change: 'removed',
    since: '5.16',
    replacedBy: 'folio_account_dirtied',
  },
  {
    kind: 'function',
    name: '__do_page_cache_readahead',
    change: 'removed',
    since: '5.8',
    replacedBy: 'page_cache_ra_unbounded',
  },
  {
    kind: 'function',
    name: 'do_page_cache_ra',
    change: 'added',
    since: '5.10',
    replacedBy: '__do_page_cache_readahead',
  },
  { kind: 'function', name: '__page_cache_alloc', change: 'removed', since: '5.16', replacedBy: 'filemap_alloc_folio' },
  { kind: 'function', name: '_do_fork', change: 'removed', since: '5.10', replacedBy: 'kernel_clone' },
  { kind: 'function', name: 'kernel_clone', change: 'added', since: '5.10', replacedBy: '_do_fork' },
  { kind: 'function', name: '__x64_sys_nanosleep', change: 'added', since: '4.17', replacedBy: 'sys_nanosleep' },
  {
    kind: 'function',
    name: 'sys_nanosleep',
    change: 'removed',
    since: '4.17',
    replacedBy: 'tracepoint:syscalls:sys_enter_nanosleep',
  },
  { kind: 'function', name: 'bdev_write_page', change: 'removed', since: '6.3' },
  { kind: 'function', name: 'submit_bio_noacct', change: 'added', since: '5.9', replacedBy: 'generic_make_request' },
  { kind: 'function', name: 'generic_make_request', change: 'removed', since: '5.9', replacedBy: 'submit_bio_noacct' },
  { kind: 'tracepoint', name: 'kmem:kmalloc_node', change: 'removed', since: '6.1', replacedBy: 'kmem:kmalloc' },
  {
    kind: 'tracepoint',
    name: 'kmem:kmem_cache_alloc_node',
    change: 'removed',
    since: '6.1',
    replacedBy: 'kmem:kmem_cache_alloc',
  },
  {
    kind: 'tracepoint',
    name: 'block:block_io_start',
    change: 'added',
    since: '6.5',
    replacedBy: 'block:block_rq_issue',
  },
  {
    kind: 'tracepoint',
    name: 'block:block_io_done',
    change: 'added',
    since: '6.5',
    replacedBy: 'block:block_rq_complete',
  },
  { kind: 'tracepoint', name: 'block:block_rq_error', change: 'added', since: '5.18' },
  {
    kind: 'tracepoint',
    name: 'tcp:tcp_set_state',
    change: 'removed',
    since: '4.16',
    replacedBy: 'sock:inet_sock_set_state',
  },
  {
    kind: 'tracepoint',
    name: 'sock:inet_sock_set_state',
    change: 'added',
    since: '4.16',
    replacedBy: 'tcp:tcp_set_state',
  },
  { kind: 'tracepoint', name: 'tcp:tcp_retransmit_skb', change: 'added', since: '4.15' },
  { kind: 'tracepoint', name: 'tcp:tcp_cong_state_set', change: 'added', since: '6.0' },
  { kind: 'tracepoint', name: 'power:cpu_frequency_limits', change: 'added', since: '4.10' },
  { kind: 'tracepoint', name: 'lock:contention_begin', change: 'added', since: '5.19' },
  { kind: 'tracepoint', name: 'lock:contention_end', change: 'added', since: '5.19' },
  {
    kind: 'tracepoint',
    name: 'writeback:writeback_dirty_page',
    change: 'removed',
    since: '5.16',
    replacedBy: 'writeback:writeback_dirty_folio',
  },
]

/** `6.18.44` as a number to compare; `undefined` for text that is no release. */
export function releaseNumber(release: string): number | undefined {
  const match = /^(\d+)\.(\d+)/.exec(release)
  return match === null ? undefined : Number(match[1]) * 1000 + Number(match[2])
}
