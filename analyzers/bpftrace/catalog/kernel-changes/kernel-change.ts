/** The shape of a fact about what came, went or was renamed from one release of Linux to another. */
export interface KernelChange {
  /** `member` is one of a structure, `argument` a field of a tracepoint. */
  readonly kind: 'function' | 'tracepoint' | 'member' | 'argument'
  /** `vfs_read`, `block:block_rq_issue`, `task_struct.state`, `skb:kfree_skb.reason`. */
  readonly name: string
  /** The first release `X.Y` that has it; absent where it is older than the kernels bpftrace runs on. */
  readonly from?: string
  /** The first release that lacks it; with `seen`, the first that was looked at and lacks it. */
  readonly gone?: string
  /** The last release that was seen to have it, where nobody wrote down when it went. */
  readonly seen?: string
  /** How it goes, where it is not simply removed: a probe on it attaches and never fires, or fires only at times. */
  readonly how?: 'inlined' | 'bypassed'
  /** What does the same before `from`. */
  readonly before?: string
  /** What does the same from `gone` on. */
  readonly after?: string
  readonly note?: string
  /**
   * Commit of Linux, report, or the kernels whose type information was compared. Each commit was looked up by its number
   * in public mailing lists, lists of what was merged, or the sources of other tracers, and has the subject meant here.
   */
  readonly source: string
}
