/** Members of kernel structures that were renamed or moved: what a program reads is nonsense, or does not compile. */
import type { KernelChange } from './kernel-change.ts'

const types = 'BTF of Debian’s 5.10, 6.1, 6.12 and 7.2 kernels and of 6.18'

const rows: readonly Omit<KernelChange, 'kind'>[] = [
  {
    name: 'task_struct.state',
    gone: '5.14',
    after: '__state',
    source: 'Linux 2f064a59a1 ("sched: Change task_struct::state")',
  },
  {
    name: 'task_struct.__state',
    from: '5.14',
    before: 'state',
    source: 'Linux 2f064a59a1 ("sched: Change task_struct::state")',
  },
  { name: 'task_struct.cpu', gone: '5.16', after: 'thread_info.cpu', source: 'Linux bcf9033e5449' },
  {
    name: 'task_struct.real_start_time',
    gone: '5.5',
    after: 'start_boottime',
    source: `Linux cf25e24db61c ("time: Rename tsk->real_start_time to ->start_boottime"); ${types}`,
  },
  { name: 'cfs_rq.runnable_weight', gone: '5.7', source: 'iovisor/bcc tools/runqlen' },
  {
    name: 'cfs_rq.nr_running',
    gone: '6.14',
    after: 'nr_queued',
    source: 'Linux 736c55a02c47 ("sched/fair: Rename cfs_rq.nr_running into nr_queued")',
  },
  {
    name: 'cfs_rq.nr_queued',
    from: '6.14',
    before: 'nr_running',
    source: 'Linux 736c55a02c47 ("sched/fair: Rename cfs_rq.nr_running into nr_queued")',
  },
  {
    name: 'request.rq_disk',
    gone: '5.17',
    after: 'q->disk',
    source: 'Linux f3fa33acca9f ("block: remove the ->rq_disk field in struct request")',
  },
  {
    name: 'request_queue.disk',
    from: '5.15',
    before: 'request.rq_disk',
    note: 'requests use it since 5.17',
    source: 'Linux d152c682f03c ("block: add an explicit ->disk backpointer to the request_queue")',
  },
  {
    name: 'bio.bi_disk',
    gone: '5.12',
    after: 'bi_bdev->bd_disk',
    source: 'Linux 309dca309fc3 ("block: store a block_device pointer in struct bio")',
  },
  {
    name: 'bio.bi_bdev',
    from: '5.12',
    before: 'bi_disk',
    source: 'Linux 309dca309fc3 ("block: store a block_device pointer in struct bio")',
  },
  { name: 'mm_struct.mmap_sem', gone: '5.8', after: 'mmap_lock', source: `Linux da1c55f1b272; ${types}` },
  { name: 'inode.i_atime', seen: '6.1', gone: '6.12', after: 'i_atime_sec', source: types },
  { name: 'inode.i_mtime', seen: '6.1', gone: '6.12', after: 'i_mtime_sec', source: types },
  { name: 'inode.i_ctime', seen: '6.1', gone: '6.12', after: 'i_ctime_sec', source: types },
  { name: 'dentry.d_iname', seen: '6.12', gone: '6.18', after: 'd_shortname', source: types },
  { name: 'kernfs_node.parent', seen: '6.12', gone: '6.18', after: '__parent', source: types },
  { name: 'file.f_version', seen: '6.1', gone: '6.12', source: types },
]

export const changedMembers: readonly KernelChange[] = rows.map((row) => ({ kind: 'member', ...row }))
