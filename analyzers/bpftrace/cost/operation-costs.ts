/**
 * What the parts of a program cost when they run once, in nanoseconds, as data. Measured with the kernel's own account
 * of BPF programs (`kernel.bpf_stats_enabled`: run_time_ns / run_cnt) on an x86-64 virtual machine of 2 GHz class with
 * one operation per program on a tracepoint fired 80,000 times a second; the cost of an empty program was taken off.
 */

/** Reaching and leaving the program, inside what the kernel accounts to it. */
export const PROGRAM_NS = 70

/**
 * What the probe mechanism itself costs around the program; the kernel does not account it to the program. kprobe,
 * kretprobe, tracepoint, uprobe and uretprobe from Gregg, "BPF Performance Tools" (2019), chapter 18, less the program;
 * fentry and fexit are direct calls; USDT is a uprobe.
 */
export const attachNs: Readonly<Record<string, number>> = {
  tracepoint: 30,
  rawtracepoint: 15,
  kprobe: 60,
  kretprobe: 200,
  fentry: 15,
  fexit: 20,
  uprobe: 1200,
  uretprobe: 1900,
  usdt: 1200,
  profile: 500,
  interval: 500,
  software: 300,
  hardware: 1500,
  watchpoint: 3000,
  asyncwatchpoint: 3000,
}

export const operationNs = {
  /** Arithmetic, comparison, a scratch variable. */
  arithmetic: 1,
  /** A field that is read with a probe-read helper. */
  kernelRead: 45,
  /** A field of the context or of a structure the verifier trusts. */
  contextRead: 2,
  /** Looking a key up in a hash. */
  mapRead: 35,
  /** Changing a value that is private to the CPU: count(), sum(), hist() … */
  aggregate: 40,
  /** Writing a hash element that all CPUs share. */
  mapWrite: 220,
  mapDelete: 150,
  /** A key of many parts is often new, and its entry is made instead of found; an average of both. */
  manyPartKey: 400,
  /** Hashing and comparing one more byte of a key. */
  keyByte: 0.9,
  /** Copying one byte of a value. */
  valueByte: 0.15,
  stringCompareByte: 0.6,
} as const

/**
 * A program that runs seldom finds its code and data out of the caches of the CPU. Measured with the programs of
 * test/oracle/cost.test.ts, on an idle and on a crowded machine: at a thousand events a second on a CPU they took two to
 * five times what they take in a tight loop, at ten thousand still up to twice, at fifty thousand the same.
 */
export const coldCache = {
  /** Events in a second on one CPU at which half of the effect is left. */
  halfRate: 8_000,
  /** Nanoseconds that every cold event takes more. */
  ns: 600,
  /** Share by which its operations take longer. */
  share: 0.8,
} as const

/** Builtin values that are more than a load. */
export const builtinNs: ReadonlyMap<string, number> = new Map(
  Object.entries({
    pid: 8,
    tid: 8,
    uid: 10,
    gid: 10,
    comm: 45,
    nsecs: 60,
    elapsed: 60,
    cpu: 3,
    curtask: 10,
    cgroup: 150,
    rand: 25,
    numaid: 5,
    jiffies: 10,
    kstack: 2500,
    ustack: 2200,
    usermode: 5,
    ppid: 100,
  }),
)

/** Calls, apart from their arguments and from the map they write. */
export const callNs: ReadonlyMap<string, number> = new Map(
  Object.entries({
    str: 300,
    kstr: 200,
    buf: 300,
    join: 2000,
    path: 800,
    kstack: 2500,
    ustack: 2200,
    kstack_frame: 10,
    printf: 120,
    print: 120,
    errorf: 120,
    warnf: 120,
    cat: 200,
    time: 120,
    strftime: 60,
    system: 200,
    signal: 300,
    override: 20,
    nsecs: 60,
    ntop: 20,
    reg: 3,
    kptr: 1,
    uptr: 1,
    macaddr: 30,
    cgroupid: 1,
    strncmp: 40,
    strcontains: 200,
    skboutput: 2000,
    ppid: 100,
    pid: 20,
    tid: 20,
    has_key: 35,
    len: 200,
    exit: 150,
    usym: 20,
    ksym: 5,
    kaddr: 0,
    uaddr: 0,
    strerror: 5,
    probe_read: 60,
  }),
)

/** What bpftrace itself spends, in user space, on one message of printf, print, cat, system and the like. */
export const MESSAGE_NS = 2500
/** Printing one entry of a map. */
export const PRINT_ENTRY_NS = 3000

/** Which share of events a condition lets through, when nothing better is known. First match wins, on its text. */
export const selectivities: readonly { readonly pattern: RegExp; readonly share: number }[] = [
  { pattern: /^@\w*(\[.*\])?$/, share: 1 },
  { pattern: /^has_key\(/, share: 1 },
  {
    pattern: /\b(pid|tid|comm|cgroup|uid|gid|ppid)\b[^<>!]*==|==[^<>!]*\b(pid|tid|comm|cgroup|uid|gid|ppid)\b/,
    share: 0.1,
  },
  { pattern: /\b(pid|tid|comm|cgroup|uid|gid)\b[^<>=]*!=/, share: 0.95 },
  { pattern: /\b(retval|ret)\b\s*(<\s*0|==)/, share: 0.1 },
  { pattern: /==/, share: 0.1 },
  { pattern: /!=/, share: 0.9 },
  // A threshold that somebody set lets the exceptions through, which is what it is for.
  { pattern: />=?\s*(\$\d+|\d[\d_]{3,}|\d+(ns|us|ms|s|m|h)\b)/, share: 0.02 },
  { pattern: /[<>]/, share: 0.5 },
]
export const UNKNOWN_SHARE = 0.5
