/**
 * What the numbers in arguments of system calls stand for, where the kernel's own formats print them bare. The figures
 * are those of the generic Linux interface (`include/uapi/asm-generic`, `include/uapi/linux`), which x86-64 and arm64
 * share.
 */
export interface KnownValues {
  /** Events of the category `syscalls`. */
  readonly events: RegExp
  readonly fields: RegExp
  readonly meaning: string
}

export const knownValues: readonly KnownValues[] = [
  {
    events: /^sys_exit_/,
    fields: /^ret$/,
    meaning: 'Negative: an error number, such as `-2` ENOENT, `-11` EAGAIN, `-13` EACCES, `-22` EINVAL.',
  },
  { events: /^sys_enter_/, fields: /^\w*dfd$/, meaning: '`-100` AT_FDCWD: paths start at the current folder.' },
  {
    events: /^sys_enter_(?:open|openat)$/,
    fields: /^flags$/,
    meaning:
      'Bits: `0` read only, `1` write only, `2` both, `0x40` O_CREAT, `0x80` O_EXCL, `0x200` O_TRUNC, `0x400` O_APPEND, `0x800` O_NONBLOCK, `0x80000` O_CLOEXEC.',
  },
  {
    events: /^sys_enter_(?:socket|socketpair)$/,
    fields: /^family$/,
    meaning: '`1` AF_UNIX, `2` AF_INET, `10` AF_INET6, `16` AF_NETLINK, `17` AF_PACKET.',
  },
  {
    events: /^sys_enter_(?:socket|socketpair)$/,
    fields: /^type$/,
    meaning: '`1` SOCK_STREAM, `2` SOCK_DGRAM, `3` SOCK_RAW; bits `0x800` SOCK_NONBLOCK, `0x80000` SOCK_CLOEXEC.',
  },
  {
    events: /^sys_enter_(?:kill|tkill|tgkill|rt_sigaction|rt_sigqueueinfo)$/,
    fields: /^sig$/,
    meaning: '`1` HUP, `2` INT, `3` QUIT, `6` ABRT, `9` KILL, `11` SEGV, `13` PIPE, `14` ALRM, `15` TERM, `17` CHLD.',
  },
  {
    events: /^sys_enter_(?:mmap|mprotect|pkey_mprotect)$/,
    fields: /^prot$/,
    meaning: 'Bits: `1` PROT_READ, `2` PROT_WRITE, `4` PROT_EXEC.',
  },
  {
    events: /^sys_enter_mmap$/,
    fields: /^flags$/,
    meaning: 'Bits: `1` MAP_SHARED, `2` MAP_PRIVATE, `0x10` MAP_FIXED, `0x20` MAP_ANONYMOUS.',
  },
  {
    events: /^sys_enter_futex$/,
    fields: /^op$/,
    meaning: '`0` FUTEX_WAIT, `1` FUTEX_WAKE; `128` is added for futexes of one process.',
  },
  {
    events: /^sys_enter_(?:lseek)$/,
    fields: /^whence$/,
    meaning: '`0` SEEK_SET, `1` SEEK_CUR, `2` SEEK_END.',
  },
  {
    events: /^sys_enter_epoll_ctl$/,
    fields: /^op$/,
    meaning: '`1` EPOLL_CTL_ADD, `2` EPOLL_CTL_DEL, `3` EPOLL_CTL_MOD.',
  },
  {
    events: /^sys_enter_(?:exit|exit_group)$/,
    fields: /^error_code$/,
    meaning: 'The exit code; only its low 8 bits reach the parent.',
  },
]
