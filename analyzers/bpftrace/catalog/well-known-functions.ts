/**
 * Kernel functions that people trace first: files, the scheduler, memory, the network, block devices. For lists that
 * would else begin with whatever the alphabet has first.
 */
export const wellKnownFunctions: readonly string[] = [
  'vfs_read',
  'vfs_write',
  'vfs_open',
  'do_sys_openat2',
  'do_nanosleep',
  'try_to_wake_up',
  'finish_task_switch',
  'tcp_sendmsg',
  'tcp_recvmsg',
  'tcp_connect',
  'inet_csk_accept',
  'blk_mq_start_request',
  'submit_bio',
  '__alloc_pages',
  'oom_kill_process',
]
