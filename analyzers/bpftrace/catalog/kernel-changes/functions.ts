/** Kernel functions that were renamed, removed, inlined or passed by, by area. */
import type { KernelChange } from './kernel-change.ts'

/** Functions that the type information of these kernels has, and of others has not. */
const types = 'BTF of Debian’s 5.10, 6.1, 6.12 and 7.2 kernels and of 6.18'

type Row = Omit<KernelChange, 'kind'>

const rows: readonly Row[] = [
  // Files and processes.
  {
    name: 'do_sys_open',
    gone: '5.6',
    how: 'bypassed',
    after: 'do_sys_openat2',
    source: 'Linux fddb5d430ad9 ("open: introduce openat2(2) syscall")',
  },
  {
    name: 'do_sys_openat2',
    from: '5.6',
    before: 'do_sys_open',
    source: 'Linux fddb5d430ad9 ("open: introduce openat2(2) syscall")',
  },
  {
    name: '__vfs_read',
    gone: '5.8',
    after: 'vfs_read',
    source: `iovisor/bcc tools/fileslower, which looks for both names; ${types}`,
  },
  { name: '__vfs_write', gone: '5.8', after: 'vfs_write', source: `${types}; goes with __vfs_read` },
  {
    name: '_do_fork',
    gone: '5.10',
    after: 'kernel_clone',
    source: 'Linux cad6967ac108 ("fork: introduce kernel_clone()")',
  },
  {
    name: 'kernel_clone',
    from: '5.10',
    before: '_do_fork',
    source: 'Linux cad6967ac108 ("fork: introduce kernel_clone()")',
  },
  { name: 'do_coredump', seen: '6.12', gone: '6.18', after: 'vfs_coredump', source: types },
  { name: 'vfs_coredump', from: '6.18', before: 'do_coredump', note: 'at the latest', source: types },
  { name: 'do_unlinkat', seen: '6.18', gone: '7.2', after: 'filename_unlinkat', source: types },
  { name: 'do_renameat2', seen: '6.18', gone: '7.2', after: 'filename_renameat2', source: types },
  { name: 'send_signal', seen: '5.10', gone: '6.1', after: 'send_signal_locked', source: types },
  { name: '__send_signal', seen: '5.10', gone: '6.1', after: '__send_signal_locked', source: types },

  // Block devices.
  {
    name: 'blk_start_request',
    gone: '5.0',
    after: 'blk_mq_start_request',
    source: 'Linux 5.0 has only the multi-queue block layer; BTF of 5.10',
  },
  { name: 'generic_make_request', gone: '5.9', after: 'submit_bio_noacct', source: `Linux ed00aabd5eb9; ${types}` },
  { name: 'submit_bio_noacct', from: '5.9', before: 'generic_make_request', source: `Linux ed00aabd5eb9; ${types}` },
  {
    name: 'blk_account_io_completion',
    gone: '5.8',
    how: 'inlined',
    after: 'tracepoint:block:block_rq_complete',
    source: 'iovisor/bcc pull request 3008',
  },
  {
    name: 'blk_account_io_start',
    gone: '5.16',
    how: 'inlined',
    after: 'tracepoint:block:block_io_start',
    note: 'where `block_io_start` is missing, before 6.5, take `__blk_account_io_start`',
    source: 'iovisor/bcc pull requests 4659 and 5373, issue 4478',
  },
  {
    name: 'blk_account_io_done',
    gone: '5.16',
    how: 'inlined',
    after: 'tracepoint:block:block_io_done',
    note: 'where `block_io_done` is missing, before 6.5, take `__blk_account_io_done`',
    source: 'iovisor/bcc pull requests 4659 and 5373, issue 5124',
  },
  {
    name: '__blk_account_io_start',
    from: '5.16',
    gone: '6.4',
    before: 'blk_account_io_start',
    after: 'tracepoint:block:block_io_start',
    source: 'iovisor/bcc pull request 5373 and issue 4478',
  },
  {
    name: '__blk_account_io_done',
    from: '5.16',
    gone: '6.4',
    before: 'blk_account_io_done',
    after: 'tracepoint:block:block_io_done',
    source: 'iovisor/bcc pull requests 3827, 4006 and 5373',
  },
  { name: 'bdev_write_page', seen: '6.1', gone: '6.12', source: types },

  // Memory and the page cache.
  {
    name: 'mark_page_accessed',
    gone: '5.16',
    how: 'bypassed',
    after: 'folio_mark_accessed',
    source: 'Linux 76580b6529db ("mm/swap: Add folio_mark_accessed()"), iovisor/bcc pull request 5266',
  },
  {
    name: 'folio_mark_accessed',
    from: '5.16',
    before: 'mark_page_accessed',
    source: 'Linux 76580b6529db ("mm/swap: Add folio_mark_accessed()")',
  },
  {
    name: 'account_page_dirtied',
    gone: '5.16',
    after: 'folio_account_dirtied',
    source: 'Linux 203a31516616 ("mm/writeback: Add __folio_mark_dirty()")',
  },
  {
    name: '__do_page_cache_readahead',
    gone: '5.10',
    after: 'do_page_cache_ra',
    source: `iovisor/bcc tools/readahead; ${types}`,
  },
  {
    name: 'do_page_cache_ra',
    from: '5.10',
    gone: '5.18',
    how: 'inlined',
    before: '__do_page_cache_readahead',
    after: 'page_cache_ra_order',
    source: 'Linux 56a4d67c264e, iovisor/bcc pull request 4457 and issue 4700',
  },
  {
    name: '__page_cache_alloc',
    gone: '5.16',
    after: 'filemap_alloc_folio',
    source: 'Linux bb3c579e25e5 ("mm/filemap: Add filemap_alloc_folio")',
  },
  {
    name: 'filemap_alloc_folio',
    from: '5.16',
    gone: '6.10',
    before: '__page_cache_alloc',
    after: 'filemap_alloc_folio_noprof',
    source: 'Linux b951aaff5035 ("mm: enable page allocation tagging")',
  },
  { name: 'delete_from_page_cache', seen: '6.1', gone: '6.12', after: 'filemap_remove_folio', source: types },
  { name: '__lock_page', seen: '5.10', gone: '6.1', after: '__folio_lock', source: types },
  { name: 'wait_on_page_bit', seen: '5.10', gone: '6.1', after: 'folio_wait_bit', source: types },
  { name: 'lru_cache_add', seen: '6.1', gone: '6.12', after: 'folio_add_lru', source: types },
  { name: 'shrink_page_list', seen: '5.10', gone: '6.1', after: 'shrink_folio_list', source: types },
  { name: 'isolate_lru_pages', seen: '5.10', gone: '6.1', after: 'isolate_lru_folios', source: types },
  {
    name: 'swap_readpage',
    gone: '6.8',
    after: 'swap_read_folio',
    source: 'Linux c9bdf768dd93 ("mm: convert swap_readpage() to swap_read_folio()"), v6.7-rc4-290',
  },
  {
    name: 'swap_read_folio',
    from: '6.8',
    before: 'swap_readpage',
    source: 'Linux c9bdf768dd93 ("mm: convert swap_readpage() to swap_read_folio()"), v6.7-rc4-290',
  },
  { name: 'swap_writepage', seen: '6.12', gone: '6.18', after: 'swap_writeout', source: types },
  {
    name: 'migrate_misplaced_page',
    gone: '6.7',
    after: 'migrate_misplaced_folio',
    source: 'Linux 73eab3ca481e, v6.6-rc4-109; iovisor/bcc pull request 4955',
  },
  { name: '__alloc_pages_nodemask', seen: '5.10', gone: '6.1', after: '__alloc_pages', source: types },
  {
    name: '__alloc_pages',
    from: '5.13',
    gone: '6.10',
    before: '__alloc_pages_nodemask',
    after: '__alloc_pages_noprof',
    source: `Linux b951aaff5035 ("mm: enable page allocation tagging"); ${types}`,
  },
  { name: 'alloc_pages_current', seen: '5.10', gone: '6.1', after: 'alloc_pages', source: types },
  {
    name: 'alloc_pages',
    gone: '6.10',
    after: 'alloc_pages_noprof',
    source: 'Linux b951aaff5035 ("mm: enable page allocation tagging")',
  },
  { name: '__kmalloc', gone: '6.10', after: '__kmalloc_noprof', source: `allocation tagging of 6.10; ${types}` },
  {
    name: '__kmalloc_node',
    gone: '6.10',
    after: '__kmalloc_node_noprof',
    source: `allocation tagging of 6.10; ${types}`,
  },
  {
    name: 'kmem_cache_alloc',
    gone: '6.10',
    after: 'kmem_cache_alloc_noprof',
    source: `allocation tagging of 6.10; ${types}`,
  },
  { name: 'vmalloc', gone: '6.10', after: 'vmalloc_noprof', source: `allocation tagging of 6.10; ${types}` },
  {
    name: 'do_page_fault',
    gone: '5.8',
    after: 'exc_page_fault',
    note: 'on x86',
    source: `the entry code of x86 was rewritten in 5.8; ${types}`,
  },

  // Scheduler and timers.
  { name: 'ttwu_do_wakeup', seen: '6.1', gone: '6.12', after: 'ttwu_do_activate', source: types },
  {
    name: 'finish_task_switch',
    gone: '5.10',
    how: 'inlined',
    after: 'tracepoint:sched:sched_switch',
    note: 'compilers may call it `finish_task_switch.isra.0`',
    source: `iovisor/bcc tools/offcputime, which looks for both names; /proc/kallsyms of 6.18; ${types}`,
  },
  { name: 'load_balance', seen: '6.1', gone: '6.12', after: 'sched_balance_rq', source: types },
  { name: 'rebalance_domains', seen: '6.1', gone: '6.12', after: 'sched_balance_domains', source: types },
  { name: 'scheduler_tick', seen: '6.1', gone: '6.12', after: 'sched_tick', source: types },
  { name: 'tick_sched_timer', seen: '6.1', gone: '6.12', after: 'tick_nohz_handler', source: types },
  { name: 'del_timer', seen: '5.10', gone: '6.1', after: 'timer_delete', source: types },

  // Network.
  {
    name: 'tcp_drop',
    gone: '5.18',
    after: 'tracepoint:skb:kfree_skb',
    note: 'static and often inlined before',
    source: `bpftrace tools/tcpdrop.bt, which left it in 5.17; ${types}`,
  },
  {
    name: 'kfree_skb',
    gone: '5.17',
    how: 'inlined',
    after: 'tracepoint:skb:kfree_skb',
    source: `Linux c504e5c2f964 ("net: skb: introduce kfree_skb_reason()"); ${types}`,
  },
  {
    name: 'kfree_skb_reason',
    from: '5.17',
    gone: '6.11',
    how: 'inlined',
    before: 'kfree_skb',
    after: 'sk_skb_reason_drop',
    source: `Linux ba8de796baf4 ("net: introduce sk_skb_reason_drop function"); ${types}`,
  },
  {
    name: 'sk_skb_reason_drop',
    from: '6.11',
    before: 'kfree_skb_reason',
    source: `Linux ba8de796baf4 ("net: introduce sk_skb_reason_drop function"); ${types}`,
  },
  {
    name: 'dev_queue_xmit',
    seen: '5.10',
    gone: '6.12',
    how: 'inlined',
    after: '__dev_queue_xmit',
    source: types,
  },
]

export const changedFunctions: readonly KernelChange[] = rows.map((row) => ({ kind: 'function', ...row }))
