/**
 * What bpftrace, the BPF loader and the kernel print when a run fails, as data: patterns of lines of standard error, what
 * they mean and what to do. More particular entries stand first. Observed with 0.17.0 and 0.27.1, or read off the sources
 * of the versions between.
 */
export const errorCategories = [
  'syntax',
  'type',
  'permission',
  'resource',
  'environment',
  'unsupported',
  'verifier',
  'attach',
  'lost_events',
  'timeout',
  'killed',
  'internal',
] as const
export type ErrorCategory = (typeof errorCategories)[number]

export interface KnownError {
  readonly name: string
  readonly category: ErrorCategory
  /** A run goes on after some of them. */
  readonly severity: 'error' | 'warning'
  /** JavaScript regular expressions for one line. */
  readonly patterns: readonly string[]
  /** `$1` is what the pattern's first group took; `[…|…]` its second part, or nothing, where that took nothing. */
  readonly cause: string
  readonly nextStep: string
  /** It says something is wrong when nothing is. */
  readonly harmless?: boolean
  /** Lines that were seen, for the tests. */
  readonly samples?: readonly string[]
}

export const knownErrors: readonly KnownError[] = [
  {
    name: 'not-root',
    category: 'permission',
    severity: 'error',
    patterns: ['only supports running as the root user'],
    cause: 'bpftrace was started without root: this version insists on uid 0.',
    nextStep: 'Start it with `sudo bpftrace …`.',
    samples: ['ERROR: bpftrace currently only supports running as the root user.'],
  },
  {
    name: 'missing-capability',
    category: 'permission',
    severity: 'error',
    patterns: ['Missing (CAP_[A-Z_]+) capability'],
    cause: "The process lacks the capability `$1`, which bpftrace needs to load programs and read the kernel's tables.",
    nextStep:
      'Start it with `sudo`, or grant CAP_BPF, CAP_PERFMON, CAP_DAC_READ_SEARCH and CAP_DAC_OVERRIDE, for example with `setcap`.',
    samples: ['ERROR: Missing CAP_DAC_READ_SEARCH capability, please run bpftrace as the root user.'],
  },
  {
    name: 'capability-query',
    category: 'permission',
    severity: 'error',
    patterns: ['Failed to query process capabilities'],
    cause:
      'bpftrace could not read the capabilities of its own process; a sandbox that filters system calls does that.',
    nextStep: 'Run it outside the container, or allow `capget` in the seccomp profile of the container.',
  },
  {
    name: 'map-create-denied',
    category: 'permission',
    severity: 'error',
    patterns: ['failed to create\\s+map: Operation not permitted|Creation of the required BPF maps has failed'],
    cause:
      'The kernel refused to create a BPF map: the capability is missing, the limit of locked memory is too small, or a sandbox forbids `bpf()`.',
    nextStep:
      'Run as root (`sudo bpftrace …`); before Linux 5.11 raise `ulimit -l`; in a container add CAP_BPF and CAP_PERFMON or leave it.',
    samples: ['ERROR: failed to create  map: Operation not permitted'],
  },
  {
    name: 'rlimit-memlock',
    category: 'resource',
    severity: 'warning',
    patterns: ["couldn't set RLIMIT_MEMLOCK"],
    cause:
      'The locked-memory limit could not be raised (no CAP_SYS_RESOURCE). Kernels ≥5.11 charge BPF memory to the cgroup, so this is often harmless.',
    nextStep: 'Ignore it if the program runs. If maps cannot be created, run `ulimit -l unlimited` first.',
    harmless: true,
    samples: [
      'WARNING: Unknown error -1: couldn\'t set RLIMIT_MEMLOCK for bpftrace. If your program is not loading, you can try "ulimit -l 8192" to fix the problem',
      'ERROR: Unknown error -1: couldn\'t set RLIMIT_MEMLOCK for bpftrace. If your program is not loading, you can try "ulimit -l 8192" to fix the problem',
    ],
  },
  {
    name: 'rlimit-nofile',
    category: 'resource',
    severity: 'warning',
    patterns: ["couldn't set RLIMIT_NOFILE|please raise NOFILE|Too many open files"],
    cause:
      'Every attached probe needs a file descriptor for each CPU or probe, and the limit of open files is too small for this program.',
    nextStep: 'Raise the limit with `ulimit -n 65536`, or attach to fewer probes.',
  },
  {
    name: 'tracefs-missing',
    category: 'environment',
    severity: 'error',
    patterns: [
      'Error reading events from \\S*available_events',
      'tracepoint format file not found',
      '\\(is tracefs mounted\\?\\)',
    ],
    cause: 'tracefs is not mounted, or not visible from this mount namespace.',
    nextStep:
      'Mount it: `mount -t tracefs nodev /sys/kernel/tracing`; a container needs it bind-mounted from the host.',
    samples: [
      'ERROR: Failed to open kernel function info: Error reading events from /sys/kernel/tracing/available_events (No such file or directory)',
      'stdin:1:1-13: ERROR: kfunc:ip_rcv: could not read traceable functions from /sys/kernel/debug/tracing/available_filter_functions (is tracefs mounted?)',
    ],
  },
  {
    name: 'traceable-unreadable',
    category: 'environment',
    severity: 'warning',
    patterns: [
      '(Could not read functions from|Error while reading traceable functions from|Could not read symbols from|could not read traceable functions from) \\S*available_filter_functions',
    ],
    cause:
      "The kernel's list of traceable functions cannot be read: tracefs is not mounted, the right to read it is missing, or the kernel is locked down. Without the list bpftrace cannot tell whether a kprobe is possible.",
    nextStep:
      'Run as root and mount it: `mount -t tracefs nodev /sys/kernel/tracing`. Since 0.25 `--traceable-functions FILE` takes the list from elsewhere. Programs without kprobes and fentry need none of this.',
    samples: [
      'WARNING: Could not read functions from /sys/kernel/tracing/available_filter_functions. If this is expected, use --traceable-functions to set this path manually. This file is needed in order to determine which functions can safely be traced ',
      'WARNING: Could not read symbols from /sys/kernel/debug/tracing/available_filter_functions: Operation not permitted',
    ],
  },
  {
    name: 'tracepoint-missing',
    category: 'attach',
    severity: 'error',
    patterns: ['tracepoint not found: (\\S+)', 'No matches for tracepoint (\\S+?)\\.?$'],
    cause: 'This kernel has no tracepoint `$1`, or tracefs is not mounted.',
    nextStep:
      "List what there is with `bpftrace -l 'tracepoint:*'`; where the name is right, the kernel was built without it or the module is not loaded.",
    samples: [
      'stdin:1:1-37: ERROR: tracepoint not found: syscalls:sys_enter_openat',
      'stdin:1:1-35: ERROR: No matches for tracepoint syscalls:sys_enter_nope.',
    ],
  },
  {
    name: 'sysfs-missing',
    category: 'environment',
    severity: 'error',
    patterns: ['num_possible_cpus > 0|Assertion `num_possible_cpus'],
    cause: '/sys is not mounted, and bpftrace aborts because it cannot count the CPUs.',
    nextStep: 'Mount it: `mount -t sysfs sysfs /sys`.',
    samples: [
      "bpftrace: ./src/util/cpus.cpp:47: int bpftrace::util::get_max_cpu_id(): Assertion `num_possible_cpus > 0' failed.",
    ],
  },
  {
    name: 'kprobe-missing',
    category: 'attach',
    severity: 'error',
    patterns: ['No matches for kprobe (\\S+?)\\.?$'],
    cause:
      'This kernel has no function `$1` that could be probed: it does not exist, the compiler has inlined it, or it is marked notrace.',
    nextStep:
      "Look for its name with `bpftrace -l 'kprobe:*NAME*'`; an inlined function is traced through its callers, a stable event through a tracepoint.",
    samples: ['stdin:1:1-18: ERROR: No matches for kprobe no_such_zz.'],
  },
  {
    name: 'not-traceable',
    category: 'attach',
    severity: 'warning',
    patterns: ['is not traceable \\(either non-existing, inlined, or marked as "notrace"\\)'],
    cause: "The function is not in the kernel's list of traceable functions, so attaching to it will probably fail.",
    nextStep:
      "Choose another function (`bpftrace -l 'kprobe:*NAME*'`). If the list is incomplete, `--unsafe` skips this check.",
    samples: [
      'stdin:1:1-16: WARNING: vfs_read is not traceable (either non-existing, inlined, or marked as "notrace"); attaching to it will likely fail',
      'stdin:1:1-18: WARNING: no_such_zz is not traceable (either non-existing, inlined, or marked as "notrace"); attaching to it will likely fail',
    ],
  },
  {
    name: 'kprobe-events-missing',
    category: 'environment',
    severity: 'error',
    patterns: ['open\\(\\S*kprobe_events\\)(?:.*)No such file or directory'],
    cause: 'The kernel has no kprobe events: the control file is not there.',
    nextStep:
      'Mount tracefs if it is missing; else a kernel with CONFIG_KPROBES and CONFIG_KPROBE_EVENTS is needed. Tracepoints work without them.',
    samples: ['create_probe_event: open(/sys/kernel/debug/tracing/kprobe_events): No such file or directory'],
  },
  {
    name: 'attach-failed',
    category: 'attach',
    severity: 'error',
    patterns: ['Unable to attach probe: (\\S+?)\\.(?! Skipping)', "Error attaching probe: '?([^'\\s]+)"],
    cause: 'The kernel refused to attach `$1`.',
    nextStep:
      'Read the lines before it for the reason, then check kernel configuration and lockdown. Since 0.21 the setting `missing_probes=warn` goes on without such a probe.',
    samples: [
      "ERROR: Unable to attach probe: kprobe:vfs_read. If this is expected, set the 'missing_probes' config variable to 'warn'.",
      "ERROR: Error attaching probe: 'kprobe:vfs_read'",
    ],
  },
  {
    name: 'all-attach-failed',
    category: 'attach',
    severity: 'error',
    patterns: ['Attachment failed for all probes'],
    cause: 'No probe of the program could be attached, so there is nothing to run.',
    nextStep: 'Read the reason given for each probe above, and list what this kernel offers with `bpftrace -l`.',
    samples: ['ERROR: Attachment failed for all probes.'],
  },
  {
    name: 'attach-skipped',
    category: 'attach',
    severity: 'warning',
    patterns: ['Unable to attach probe: (\\S+)\\. Skipping'],
    cause: 'The probe `$1` was left out, as `missing_probes=warn` asks.',
    nextStep: 'Nothing, unless results of this probe are needed: then set `missing_probes=error` to see why it fails.',
    samples: ['WARNING: Unable to attach probe: kprobe:vfs_read. Skipping.'],
  },
  {
    name: 'perf-open',
    category: 'attach',
    severity: 'error',
    patterns: ['perf_event_open failed: (.*)$'],
    cause:
      'The kernel could not open the perf event ($1): virtual machines often have no hardware counters, and `kernel.perf_event_paranoid` can forbid them.',
    nextStep:
      'Use a software event (`software:cpu-clock:1000000`) or `profile:hz:99` in place of a hardware event; check `sysctl kernel.perf_event_paranoid`.',
    samples: ['perf_event_open failed: No such file or directory'],
  },
  {
    name: 'perf-event-cpu',
    category: 'attach',
    severity: 'error',
    patterns: ['Failed to create a perf event for cpu'],
    cause: 'A perf event could not be created on one of the CPUs: it is offline, or the event is not supported there.',
    nextStep:
      'Check `sysctl kernel.perf_event_paranoid` and that the event is listed by `perf list`; use a software event otherwise.',
  },
  {
    name: 'uprobe-missing',
    category: 'attach',
    severity: 'error',
    patterns: ['No matches for (uprobe|uretprobe) (\\S+?)\\.?$'],
    cause: 'The binary has no symbol `$2`: it is stripped, the function was inlined, or the name is mangled.',
    nextStep:
      "List its symbols with `bpftrace -l 'uprobe:PATH:*'` or `nm -D PATH`; install its debug symbols, or give an address.",
    samples: ['stdin:1:1-28: ERROR: No matches for uprobe /bin/bash:no_such_zz.'],
  },
  {
    name: 'uprobe-target',
    category: 'attach',
    severity: 'error',
    patterns: ["(uprobe|usdt) target file '([^']+)' does not exist or is not executable"],
    cause: 'The file `$2` is not there, or may not be executed, as bpftrace sees it.',
    nextStep:
      "Correct the path. For a process in a container use `/proc/PID/root/…`, because paths are looked up in bpftrace's own mount namespace.",
    samples: [
      "stdin:1:1-25: ERROR: uprobe target file '/no/such/bin' does not exist or is not executable",
      "stdin:1:1-25: ERROR: uprobe target file '/no/such/bin' does not exist or is not executable",
    ],
  },
  {
    name: 'usdt-missing',
    category: 'attach',
    severity: 'error',
    patterns: ['No matches for usdt (\\S+?)\\.?$|Failed to find usdt probe'],
    cause:
      'The binary has [no USDT marker `$1`|no such USDT marker]: it was built without them, or they have other names.',
    nextStep:
      "List its markers with `bpftrace -l 'usdt:PATH:*'`; for a library give the path of the library, or the process with `-p PID`.",
    samples: ['stdin:1:1-25: ERROR: No matches for usdt /bin/bash:nope.'],
  },
  {
    name: 'no-attach-points',
    category: 'attach',
    severity: 'error',
    patterns: ['Probe has no valid attach points'],
    cause: 'Every attach point of a probe failed, so the probe would never run.',
    nextStep:
      "Correct or widen the patterns after `bpftrace -l 'PATTERN'`; `missing_probes=warn` in the config block goes on without the probe.",
    samples: [
      "stdin:1:1-16: ERROR: Probe has no valid attach points. If this is expected, set the 'missing_probes' config variable to 'warn'.",
    ],
  },
  {
    name: 'kfunc-unsupported',
    category: 'unsupported',
    severity: 'error',
    patterns: ['kfunc/kretfunc not available for your kernel|fentry.*not available'],
    cause:
      'fentry and fexit (kfunc and kretfunc until 0.20) need BPF trampolines and BTF: Linux 5.5 or later with CONFIG_DEBUG_INFO_BTF.',
    nextStep:
      'Use `kprobe` and `kretprobe` for the same function; arguments are then `arg0`, `arg1` … in place of `args`.',
    samples: ['stdin:1:1-15: ERROR: kfunc/kretfunc not available for your kernel version.'],
  },
  {
    name: 'probe-unsupported',
    category: 'unsupported',
    severity: 'error',
    patterns: ['(?:ERROR: )?([\\w ]+?) not available for your kernel version'],
    cause: 'This kernel offers no `$1`.',
    nextStep:
      'Use another probe type that gives the same event, or a newer kernel; `bpftrace --info` lists what this one supports.',
    samples: [
      'stdin:1:1-10: ERROR: iter task not available for your kernel version.',
      'stdin:1:1-10: ERROR: iter nope not available for your kernel version.',
    ],
  },
  {
    name: 'missing-feature',
    category: 'unsupported',
    severity: 'error',
    patterns: ['Missing required kernel feature: (\\S+)'],
    cause: 'The kernel lacks the feature `$1` that the program needs.',
    nextStep:
      'Use a newer kernel (loops over ranges need 5.17, over maps 5.13), or write the program without it: `unroll` in place of `for`.',
  },
  {
    name: 'iter-unsupported',
    category: 'unsupported',
    severity: 'warning',
    patterns: ['The kernel contains (bpf_iter__\\w+) struct but does not support loading'],
    cause: 'The kernel describes the iterator `$1` but cannot load programs for it.',
    nextStep: 'Ignore it, unless the program uses this very iterator.',
    harmless: true,
    samples: [
      'WARNING: The kernel contains bpf_iter__dmabuf struct but does not support loading an iterator program against it. Please report this bug.',
    ],
  },
  {
    name: 'btf-file',
    category: 'environment',
    severity: 'warning',
    patterns: ['BTF: failed to parse BTF from (\\S+)'],
    cause: 'The BTF file `$1` is missing or cannot be read.',
    nextStep: 'Correct or unset the environment variable BPFTRACE_BTF; unset, bpftrace reads /sys/kernel/btf/vmlinux.',
    samples: ['WARNING: BTF: failed to parse BTF from /no/such'],
  },
  {
    name: 'btf-missing',
    category: 'environment',
    severity: 'error',
    patterns: ['BTF: failed to find BTF data', 'No BTF found', 'BTF data not available', 'require kernel BTF'],
    cause: 'The kernel offers no description of its types (BTF).',
    nextStep:
      'Use a kernel with CONFIG_DEBUG_INFO_BTF=y, point BPFTRACE_BTF at a BTF file of this kernel, or define the structs in the program.',
  },
  {
    name: 'verifier-log-small',
    category: 'resource',
    severity: 'error',
    patterns: [
      'Error code: -28 \\(No space left on device\\)',
      'Kernel log seems to be trimmed',
      'increasing the BPFTRACE_LOG_SIZE',
    ],
    cause: 'The log of the verifier does not fit its buffer, which hides the real error.',
    nextStep:
      'Raise it, for example `config = { log_size = 16777216 }` (before 0.20 BPFTRACE_LOG_SIZE=16777216), and run again with `-v`.',
    samples: [
      'ERROR: Error loading BPF program for begin_1. Error code: -28 (No space left on device). Use -v for full kernel error log.',
    ],
  },
  {
    name: 'verifier-nullcheck',
    category: 'verifier',
    severity: 'error',
    patterns: ["R\\d+ invalid mem access '(map_value_or_null|ptr_or_null_\\w*|percpu_ptr_or_null\\w*|mem_or_null)'"],
    cause: 'A pointer that may be null is read without a test.',
    nextStep: 'Test it first: `if ($p != 0) { … }`.',
  },
  {
    name: 'verifier-access',
    category: 'verifier',
    severity: 'error',
    patterns: ["R\\d+ invalid mem access '(scalar|inv)'", 'Error code: -13 \\(Permission denied\\)'],
    cause: 'A plain number is used as an address, or memory beyond the end of an object is read.',
    nextStep:
      'Cast to a pointer of the right type, read user memory with `uptr()` and kernel memory with `kptr()`, and bound indexes by a test.',
    samples: [
      'ERROR: Error loading BPF program for begin_1. Error code: -13 (Permission denied). Use -v for full kernel error log.',
    ],
  },
  {
    name: 'verifier-loop',
    category: 'verifier',
    severity: 'error',
    patterns: ['infinite loop detected', 'back-edge from insn', 'goto pc-1'],
    cause: 'The verifier cannot prove that a loop ends.',
    nextStep: 'Use a loop with a fixed bound: `for ($i : 0..10)` since 0.24, `unroll(10)` before.',
    samples: ['0: (05) goto pc-1', '0: (05) goto pc-1'],
  },
  {
    name: 'verifier-too-big',
    category: 'verifier',
    severity: 'error',
    patterns: [
      'BPF program is too large',
      'processed \\d+ insns \\(limit \\d+\\)',
      'The sequence of \\d+ jumps is too complex',
      'Error code: -7 \\(Argument list too long\\)',
    ],
    cause: 'The program of a probe takes more instructions than the verifier is willing to follow.',
    nextStep: 'Unroll fewer iterations, shorten strings and `printf` lines, or split the work over several probes.',
  },
  {
    name: 'verifier-helper',
    category: 'verifier',
    severity: 'error',
    patterns: ['unknown func (bpf_\\w+#\\d+)', 'program of this type cannot use helper (\\S+)', 'cannot call GPL'],
    cause: 'A kernel helper that the program needs is not allowed for this probe type, kernel or licence[: `$1`].',
    nextStep: 'Use another probe type for the same event, a newer kernel, or leave the function that needs it.',
  },
  {
    name: 'verifier',
    category: 'verifier',
    severity: 'error',
    patterns: [
      'Error loading BPF program for (\\S+)\\. Error code: (-\\d+) \\(([^)]*)\\)',
      'Error loading program: (\\S+)',
    ],
    cause: "The kernel's verifier or loader rejected the program of a probe: `$1`.",
    nextStep:
      'Run with `-v` and read the last lines of the log: they name an endless loop, a pointer that may be null, too much stack, or a helper that is not allowed here.',
    samples: [
      'ERROR: Error loading BPF program for begin_1. Error code: -22 (Invalid argument). Use -v for full kernel error log.',
      'ERROR: Error loading program: BEGIN (try -v)',
    ],
  },
  {
    name: 'bpf-object-load',
    category: 'verifier',
    severity: 'error',
    patterns: ['Unknown BPF object load failure'],
    cause:
      'libbpf could not load the program: a kernel without BPF trampolines, a kernel function that BTF describes wrongly, or unusable BTF.',
    nextStep: 'Run with `-d libbpf` to see its log; try `kprobe` in place of `fentry`.',
    samples: ['ERROR: Unknown BPF object load failure. Try using the "-d libbpf" option to see the full loading log.'],
  },
  {
    name: 'stack-limit',
    category: 'resource',
    severity: 'error',
    patterns: ['BPF stack limit of 512 bytes is exceeded', 'combined stack size of \\d+ calls', 'invalid stack off'],
    cause: 'The data of one probe takes more than the 512 bytes of a BPF stack.',
    nextStep:
      'Use fewer or shorter strings and map keys, lower `max_strlen` or `on_stack_limit` so that they go to maps, or split the probe.',
    samples: [
      'error: <unknown>:0:0: in function kprobe:vfs_read i64 (i8*): Looks like the BPF stack limit of 512 bytes is exceeded. Please move large on stack variables into BPF per-cpu array map.',
    ],
  },
  {
    name: 'codegen-alloca',
    category: 'resource',
    severity: 'error',
    patterns: ['getTypeAllocSize\\(ty\\) <= 256'],
    cause: '`on_stack_limit` is set above 256 bytes, which the compiler of this version cannot handle.',
    nextStep: 'Set `on_stack_limit` to 256 or less.',
    samples: [
      "bpftrace: ./src/ast/irbuilderbpf.cpp:275: llvm::AllocaInst* bpftrace::ast::IRBuilderBPF::CreateAllocaBPF(llvm::Type*, const std::string&): Assertion `module_.getDataLayout().getTypeAllocSize(ty) <= 256' failed.",
    ],
  },
  {
    name: 'strlen-max',
    category: 'resource',
    severity: 'error',
    patterns: ["'BPFTRACE_STRLEN' \\d+ exceeds the current maximum of 200 bytes"],
    cause: 'Strings of more than 200 bytes do not fit the BPF stack before 0.21.',
    nextStep: 'Set BPFTRACE_STRLEN to 200 or less, or use bpftrace 0.21 or later.',
    samples: ["ERROR: 'BPFTRACE_STRLEN' 300 exceeds the current maximum of 200 bytes."],
  },
  {
    name: 'too-many-probes',
    category: 'resource',
    severity: 'error',
    patterns: ["Can't attach to (\\d+) probes because it\\s*exceeds the current limit of (\\d+)"],
    cause: 'The patterns match $1 probes; the limit is $2.',
    nextStep:
      'Narrow the pattern, or raise the limit with `config = { max_probes = N }` (before 0.20 BPFTRACE_MAX_PROBES). Each probe costs time to attach and slows what it probes.',
    samples: ["ERROR: Can't attach to 80 probes because it exceeds the current limit of 2 probes."],
  },
  {
    name: 'too-many-progs',
    category: 'resource',
    severity: 'error',
    patterns: ['trying to generate more than (\\d+) BPF programs'],
    cause: 'The program would need $1 BPF programs or more, above the limit.',
    nextStep:
      'Narrow the pattern, or raise the limit with `config = { max_bpf_progs = N }` (before 0.20 BPFTRACE_MAX_BPF_PROGS).',
    samples: [
      'stdin:1:30-42: ERROR: Your program is trying to generate more than 80 BPF programs, which exceeds the current limit of 1',
    ],
  },
  {
    name: 'lost-events',
    category: 'lost_events',
    severity: 'warning',
    patterns: ['^Lost (\\d+) events', 'Total lost event count: (\\d+)'],
    cause:
      'The program printed faster than user space could read: $1 events are lost, and counts made from the output are too small.',
    nextStep:
      'Aggregate in maps (`count()`, `hist()`) in place of `printf`, add a predicate, or raise `perf_rb_pages`.',
    samples: ['Lost 199659 events'],
  },
  {
    name: 'skipped-stack',
    category: 'lost_events',
    severity: 'warning',
    patterns: ['Failed to look up stack id', 'failed to look up stack id'],
    cause: 'A stack could not be stored, because the table of stacks is full.',
    nextStep: 'Raise `max_map_keys`, or take fewer different stacks: a lower rate, fewer frames, a predicate.',
  },
  {
    name: 'map-full',
    category: 'resource',
    severity: 'warning',
    patterns: ["Map full; can't update element", 'Failed to map_update_elem: .*\\(-7\\)'],
    cause: 'A map has no free entry: new keys are dropped, and results are incomplete.',
    nextStep:
      'Raise `max_map_keys`, declare the map larger (`let @a = hash(100000);`, since 0.22) or as `lruhash`, or delete keys that are no longer needed.',
    samples: [
      "stdin:1:56-66: WARNING: Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a map declaration e.g. `let @a = hash(5000)`",
    ],
  },
  {
    name: 'map-lookup-miss',
    category: 'environment',
    severity: 'warning',
    patterns: ["Can't lookup map element because it does not exist"],
    cause: 'A key that is not in the map was read; the result is 0.',
    nextStep: 'Test first with `has_key(@map, key)` (since 0.22) or a predicate such as `/@map[key]/`.',
    samples: ["stdin:1:26-31: WARNING: Can't lookup map element because it does not exist."],
  },
  {
    name: 'map-delete-miss',
    category: 'environment',
    severity: 'warning',
    patterns: ["Can't delete map element because it does not exist"],
    cause: 'A key that is not in the map was deleted.',
    nextStep: 'Nothing, if that is expected; else test first with `has_key(@map, key)` (since 0.22).',
  },
  {
    name: 'bad-address',
    category: 'environment',
    severity: 'warning',
    patterns: ['WARNING: Bad address', 'Failed to probe_read\\w*: Bad address'],
    cause:
      'A pointer could not be read: it belongs to the other address space, points nowhere, or its page is not in memory.',
    nextStep: 'Read user memory with `uptr(…)` and kernel memory with `kptr(…)`; check that the pointer is not null.',
    samples: ['stdin:1:15-28: WARNING: Bad address'],
  },
  {
    name: 'div-zero',
    category: 'environment',
    severity: 'warning',
    patterns: ['Divide or modulo by 0 detected'],
    cause: 'The divisor was 0; 1 was used as the result.',
    nextStep: 'Test it first: `if ($n != 0) { … }`.',
    samples: [
      'stdin:1:23-29: WARNING: Divide or modulo by 0 detected. This can lead to unexpected results. 1 is being used as the result.',
    ],
  },
  {
    name: 'addrspace',
    category: 'type',
    severity: 'warning',
    patterns: ['Addrspace is not set'],
    cause: 'It is not known whether a pointer belongs to the kernel or to a process.',
    nextStep: 'Say so: `kptr(…)` for the kernel, `uptr(…)` for a process.',
    samples: ['WARNING: Addrspace is not set'],
  },
  {
    name: 'assert-failed',
    category: 'environment',
    severity: 'error',
    patterns: ['assert failed: (.*)$'],
    cause: 'An `assert()` of the program did not hold: $1.',
    nextStep: 'Check its condition against the values of this run.',
    samples: ['stdlib/base.bt:6:5-37: ERROR: assert failed: boom'],
  },
  {
    name: 'no-cpid',
    category: 'environment',
    severity: 'warning',
    patterns: ['No child command \\(`-c`\\); cpid is zero'],
    cause: '`cpid` was used although bpftrace started no command, so it is 0.',
    nextStep:
      "Start the command with bpftrace: `bpftrace -c 'COMMAND' …`; for a running process use its number and `-p PID`.",
    samples: ['stdlib/base.bt:208:5-51: WARNING: No child command (`-c`); cpid is zero'],
  },
  {
    name: 'pid-gone',
    category: 'environment',
    severity: 'error',
    patterns: ['Failed to attach to pid: (.*)$', '^ERROR: : No such process'],
    cause: 'The process given with `-p` does not exist, or has ended.',
    nextStep: "Look its number up again, for example with `pgrep NAME`, as seen from bpftrace's own pid namespace.",
    samples: ['ERROR: Failed to attach to pid: Unable to open pidfd (No such process)', 'ERROR: : No such process'],
  },
  {
    name: 'pid-bad',
    category: 'environment',
    severity: 'error',
    patterns: ['Failed to parse pid: (.*)$', "pid '([^']*)' is not a valid decimal number"],
    cause: 'What was given with `-p` is not the number of a process: $1.',
    nextStep: 'Give a decimal number, for example `-p $(pgrep -o NAME)`.',
    samples: ['ERROR: Failed to parse pid: invalid integer: abc', "ERROR: pid 'abc' is not a valid decimal number"],
  },
  {
    name: 'child-missing',
    category: 'environment',
    severity: 'error',
    patterns: ["Failed to fork child: [Pp]ath '([^']+)' does not exist or is not executable"],
    cause: 'The command `$1` given with `-c` cannot be executed.',
    nextStep: 'Give the full path of an executable file.',
    samples: [
      "ERROR: Failed to fork child: Path '/no/such' does not exist or is not executable (No such file or directory)",
      "ERROR: Failed to fork child: path '/no/such' does not exist or is not executable",
    ],
  },
  {
    name: 'file-missing',
    category: 'environment',
    severity: 'error',
    patterns: ["failed to open file '([^']+)'"],
    cause: 'The file `$1` cannot be opened.',
    nextStep: 'Check the path and the right to read it; a relative path starts at the working directory of bpftrace.',
    samples: [
      "ERROR: failed to open file '/no/such/file.bt': No such file or directory",
      "ERROR: failed to open file '/no/such/file.bt': No such file or directory",
    ],
  },
  {
    name: 'output-file',
    category: 'environment',
    severity: 'error',
    patterns: ['Failed to open output file: "([^"]+)"'],
    cause: 'The output file `$1` cannot be written.',
    nextStep: 'Check that its directory exists and may be written to.',
    samples: [
      'ERROR: Failed to open output file: "/no/such/dir/x": No such file or directory',
      'ERROR: Failed to open output file: "/no/such/dir/x": No such file or directory',
    ],
  },
  {
    name: 'usage',
    category: 'environment',
    severity: 'error',
    patterns: ['ERROR: USAGE: (.*)$', "unrecognized option '([^']+)'", 'invalid option -- '],
    cause: 'bpftrace was called in a way it does not understand[: $1].',
    nextStep: 'Compare the options with `bpftrace --help` of this version.',
    samples: ['ERROR: USAGE: Cannot use both -c and -p.', 'ERROR: USAGE: Cannot use both -c and -p.'],
  },
  {
    name: 'format',
    category: 'environment',
    severity: 'error',
    patterns: ['Invalid output format "([^"]+)"'],
    cause: '`-f` takes `text` or `json`, not `$1`.',
    nextStep: 'Use `-f json` or leave it out.',
    samples: ['ERROR: Invalid output format "xml"', 'ERROR: Invalid output format "xml"'],
  },
  {
    name: 'env-bad',
    category: 'environment',
    severity: 'error',
    patterns: [
      "Env var '(\\w+)' did not contain a",
      '^(BPFTRACE_\\w+): (expecting a number|Invalid )',
      'Invalid env value! The valid values of `BPFTRACE_COLOR`',
    ],
    cause: 'An environment variable of bpftrace holds a value it cannot use[: `$1`].',
    nextStep: 'Correct or unset it; `bpftrace --help` lists the variables.',
    samples: ["ERROR: Env var 'BPFTRACE_MAP_KEYS_MAX' did not contain a valid uint64_t, or was zero-valued."],
  },
  {
    name: 'probe-filter',
    category: 'environment',
    severity: 'error',
    patterns: ['Invalid --probe-filter regex'],
    cause: 'The regular expression given with `--probe-filter` is malformed.',
    nextStep: 'Correct the expression; quote it so that the shell leaves it alone.',
    samples: ["ERROR: Invalid --probe-filter regex '(': Mismatched '(' and ')' in regular expression"],
  },
  {
    name: 'only-test',
    category: 'environment',
    severity: 'error',
    patterns: ['No probes attached; use --(test|bench)'],
    cause: 'The program has only `test` or `bench` blocks, and no probe.',
    nextStep: 'Run it with `--$1`, or add a probe.',
    samples: ['ERROR: No probes attached; use --test to run test probes.'],
  },
  {
    name: 'script-option',
    category: 'environment',
    severity: 'error',
    patterns: ['unexpected program command line options: (.*)$', 'program command line option --(\\S+) invalid'],
    cause: 'The program does not know the option `$1`, or it has another type.',
    nextStep: 'See which options it takes: `bpftrace FILE -- --help`.',
    samples: ['ERROR: unexpected program command line options: --zz'],
  },
  {
    name: 'dwarf-target',
    category: 'environment',
    severity: 'error',
    patterns: ['dw_ustack requires a target process'],
    cause: 'Unwinding with debug information needs to know the processes beforehand.',
    nextStep: 'Add `-p PID`, `-c COMMAND` or `--dwarf-pid PID`.',
    samples: ['ERROR: dw_ustack requires a target process. Use -p, -c, or --dwarf-pid to specify one.'],
  },
  {
    name: 'dwarf-missing',
    category: 'environment',
    severity: 'error',
    patterns: [
      'No DWARF found for',
      'No DWARF debug info found for',
      'does not contain (a \\.eh_frame|information for stack walking)',
    ],
    cause: 'The binary carries no usable debug information.',
    nextStep: 'Install its debug symbols (on Debian the package `NAME-dbgsym`), or build it with `-g`.',
    samples: ["stdin:1:1-23: ERROR: No DWARF debug info found for '/bin/bash', cannot attach by source code location."],
  },
  {
    name: 'symbols-missing',
    category: 'environment',
    severity: 'error',
    patterns: [
      'Could not resolve symbol: (\\S+)',
      'Failed to resolve kernel symbol: (\\S+)',
      'Could not read symbols from',
    ],
    cause:
      '[The symbol `$1`|A symbol] is not found: the binary is stripped, `kptr_restrict` hides addresses, or a module is not loaded.',
    nextStep:
      'Install the debug symbols; for kernel symbols read /proc/kallsyms as root and check `sysctl kernel.kptr_restrict`.',
    samples: [
      'stdlib/base.bt:1470:15-35: ERROR: Could not resolve symbol: /bin/bash:no_sym_zz',
      'stdin:1:25-49: ERROR: Could not resolve symbol: /bin/bash:no_sym_zz',
    ],
  },
  {
    name: 'headers-missing',
    category: 'environment',
    severity: 'error',
    patterns: [
      'Kernel headers not found',
      "fatal error: '([^']+)' file not found",
      'Include headers with missing type definitions',
    ],
    cause: 'A header that the program includes is not there[: `$1`].',
    nextStep:
      'Install it; for kernel headers the package of this kernel (`linux-headers-$(uname -r)`), or leave the include out where BTF has the types.',
    samples: ["definitions.h:2:10: fatal error: 'no/such.h' file not found"],
  },
  {
    name: 'lockdown',
    category: 'permission',
    severity: 'error',
    patterns: ['lockdown', 'Kernel lockdown is enabled'],
    cause: 'The kernel is locked down and forbids BPF programs to read its memory.',
    nextStep:
      'Boot without lockdown (Secure Boot often turns it on), or in its `integrity` mode; see /sys/kernel/security/lockdown.',
  },
  {
    name: 'override-denied',
    category: 'attach',
    severity: 'error',
    patterns: ['ioctl\\(PERF_EVENT_IOC_SET_BPF\\): Invalid argument', 'BPF_FUNC_override_return not available'],
    cause: 'The function is not open to error injection, so `override` cannot change its result.',
    nextStep:
      'Use a function marked ALLOW_ERROR_INJECTION, with CONFIG_BPF_KPROBE_OVERRIDE=y: /sys/kernel/debug/error_injection/list names them.',
  },
  {
    name: 'usdt-semaphore',
    category: 'unsupported',
    severity: 'error',
    patterns: ['uprobe ref(erence)? ?count', 'usdt semaphore'],
    cause: 'The marker is switched on by a counter in the process, which this kernel cannot raise by itself.',
    nextStep: 'Use Linux 4.20 or later, or name the process with `-p PID`, or add `--usdt-file-activation`.',
  },
  {
    name: 'internal-bug',
    category: 'internal',
    severity: 'error',
    patterns: ['^BUG: \\[', 'Assertion `.*failed', 'terminate called after throwing', 'Segmentation fault'],
    cause: 'bpftrace itself failed; the program is not at fault, but it takes a path that has a bug.',
    nextStep:
      'Leave parts out until it runs to find the expression; try another version of bpftrace; report it with the program.',
    samples: ["BUG: [./src/ast/passes/types/type_resolver.cpp:917] Unknown builtin variable: 'sarg0'"],
  },
  {
    name: 'unknown-function',
    category: 'type',
    severity: 'error',
    patterns: ['Unknown function: (\\S+)'],
    cause: 'This version has no function `$1`: the name is misspelt, or it belongs to a later or an earlier version.',
    nextStep: 'Correct the name; `bpftrace.validate_program` offers the nearest and says which versions have it.',
    samples: ['stdin:1:9-21: ERROR: Unknown function: getopt'],
  },
  {
    name: 'unknown-name',
    category: 'type',
    severity: 'error',
    patterns: ["Unknown identifier: '?([^'\\s]+)", "Unknown builtin(?: variable)?: '?([^'\\s]+)"],
    cause: '`$1` is neither a builtin of this version nor a name that the program defines.',
    nextStep: 'Correct the name. A variable starts with `$`, a map with `@`; a field needs the value it belongs to.',
    samples: ["stdin:2:9-14: ERROR: Unknown identifier: 'pids'"],
  },
  {
    name: 'undefined-variable',
    category: 'type',
    severity: 'error',
    patterns: ['Undefined or undeclared variable: (\\S+?)\\.?$', 'Variable used before it was assigned: (\\S+)'],
    cause: '`$1` is read where it has no value: a variable lives in one probe or block, from its first assignment on.',
    nextStep: 'Assign it before; what has to go from one probe to another belongs in a map, for example `@name[tid]`.',
    samples: [
      'stdin:1:9-11: ERROR: Undefined or undeclared variable: $x',
      'stdin:1:9-11: WARNING: Variable used before it was assigned: $x',
    ],
  },
  {
    name: 'undefined-map',
    category: 'type',
    severity: 'error',
    patterns: ['Undefined map: (\\S+)'],
    cause: 'The map `$1` is read, but nothing in the program ever writes it.',
    nextStep: 'Correct its name, or assign it in the probe that should fill it.',
    samples: ['stdin:1:14-19: ERROR: Undefined map: @a'],
  },
  {
    name: 'unknown-field',
    category: 'type',
    severity: 'error',
    patterns: [
      "does not contain a field named '([^']+)'",
      "has no field named '([^']+)'",
      "Can't find function parameter '?([^'\\s]+)",
    ],
    cause: 'The type has no field `$1`: the name is misspelt, or this kernel calls it otherwise.',
    nextStep:
      "List the fields: `bpftrace -lv 'PROBE'` shows those of `args`, `bpftrace -lv 'struct NAME'` those of a struct.",
    samples: ["stdin:1:9-17: ERROR: Struct/union of type 'struct S' does not contain a field named 'b'"],
  },
  {
    name: 'field-of-value',
    category: 'type',
    severity: 'error',
    patterns: ["Can not access field '([^']+)' on (?:expression of )?type '([^']+)'"],
    cause: 'The field `$1` is read from a value of type `$2`, which has no fields of its own.',
    nextStep: 'Follow a pointer with `->`, or say what it points to with a cast: `((struct NAME *)arg0)->$1`.',
    samples: ["stdin:1:9-13: ERROR: Can not access field 'x' on expression of type 'int64'"],
  },
  {
    name: 'unknown-type',
    category: 'type',
    severity: 'error',
    patterns: [
      "Unknown struct/union: '([^']+)'",
      'Cannot resolve unknown type ["\']([^"\']+)["\']',
      "unknown type name '([^']+)'",
    ],
    cause: 'The type `$1` is not known: neither the program nor the BTF of the kernel defines it.',
    nextStep: 'Correct its name, include the header that defines it, or define the struct at the head of the program.',
    samples: ["stdin:1:19-33: ERROR: Unknown struct/union: 'void'"],
  },
  {
    name: 'map-shape',
    category: 'type',
    severity: 'error',
    patterns: ['Argument mismatch for (@\\w*)', '(@\\w*) used as a map with(?:out)? an explicit key'],
    cause: 'The map `$1` is used with keys of different number or type, and a map has one kind of key.',
    nextStep: 'Give every use of `$1` the same keys in the same order, or take a second map.',
    samples: [
      'stdin:1:20-25: ERROR: Argument mismatch for @a: trying to access with arguments: [] when map expects arguments: [unsigned int64]',
      'stdin:1:20-25: ERROR: @a used as a map without an explicit key (scalar map), previously used with an explicit key (non-scalar map)',
    ],
  },
  {
    name: 'aggregate-place',
    category: 'type',
    severity: 'error',
    patterns: ['(\\w+\\(\\)) (?:should be directly|must be) assigned (?:directly )?to a map'],
    cause: '`$1` gathers values in the kernel, and only a map can hold what it gathers.',
    nextStep: 'Let it stand alone on the right side of an assignment to a map, and read that map elsewhere.',
    samples: ['stdin:1:14-21: ERROR: count() should be directly assigned to a map'],
  },
  {
    name: 'builtin-place',
    category: 'type',
    severity: 'error',
    patterns: ['The (\\w+) (?:builtin|function) can (?:only|not) be used', '(\\w+) can not be used with "\\w+" probes'],
    cause: '`$1` has no meaning in a probe of this type.',
    nextStep:
      'Use what this probe has: `args` in tracepoints and fentry, `arg0` and so on in kprobes and uprobes, `retval` where a function returns.',
    samples: [
      "stdin:1:9-15: ERROR: The retval builtin can only be used with 'kretprobe' and 'uretprobe' and 'kfunc' probes",
      'stdin:1:9-12: ERROR: reg can not be used with "fentry" probes',
    ],
  },
  {
    name: 'format-string',
    category: 'type',
    severity: 'error',
    patterns: [
      '[Nn]ot enough arguments for format string',
      '[Tt]oo many arguments for format string',
      'unsupported format specifier for type',
      'specifier expects a value of type',
      'Unknown format string token',
    ],
    cause: 'The format string and the values after it do not fit: another number of them, or other types.',
    nextStep: 'Give each specifier one value: `%d` an integer, `%s` a string, `%p` an address, `%r` a `buf()`.',
    samples: ['stdin:1:9-26: ERROR: printf: %s specifier expects a value of type string (integer supplied)'],
  },
  {
    name: 'argument-count',
    category: 'type',
    severity: 'error',
    patterns: [
      '(\\w+\\(\\)) (?:requires|takes|expects) (?:at least |at most |up to |exactly )?(?:\\d+|one|two|three|no) arguments?',
    ],
    cause: '`$1` is called with a number of arguments that it does not take in this version.',
    nextStep: 'Compare the call with its signature; some functions gained arguments in later versions.',
    samples: ['stdin:1:9-14: ERROR: str() requires at least one argument (0 provided)'],
  },
  {
    name: 'argument-kind',
    category: 'type',
    severity: 'error',
    patterns: [
      '(\\w+\\(\\)) (?:only )?(?:expects|supports|accepts|argument must)',
      'Call to (\\w+\\(\\)) has arguments that do not match',
    ],
    cause: '`$1` is called with a value of a kind that it does not take.',
    nextStep:
      'Convert the value, or write a literal where the function wants one that is known before the program runs.',
    samples: ['stdin:1:9-23: ERROR: str() expects an integer or a pointer type as first argument (string[2] provided)'],
  },
  {
    name: 'attach-point-form',
    category: 'type',
    severity: 'error',
    patterns: ['(\\w+) probe type requires \\d+(?: or \\d+)? arguments?', 'Invalid probe type: (\\S+)'],
    cause: 'The attach point `$1` is not written in a form that this version reads.',
    nextStep:
      'Write `kprobe:FUNCTION`, `tracepoint:CATEGORY:EVENT`, `uprobe:PATH:FUNCTION`, `profile:hz:99`, `interval:s:1` and so on.',
    samples: ['stdin:1:1-7: ERROR: kprobe probe type requires 1 argument'],
  },
  {
    name: 'config-value',
    category: 'type',
    severity: 'error',
    patterns: [
      '(\\w+): not a known configuration option',
      '(\\w+): (?:Invalid value|expecting a number|can only be set)',
    ],
    cause: 'The setting `$1` is unknown to this version, or its value does not fit.',
    nextStep: 'Correct the key or the value; before 0.20 there are only environment variables for settings.',
    samples: ['stdin:1:12-16: ERROR: nope: not a known configuration option'],
  },
  {
    name: 'probe-type-abort',
    category: 'type',
    severity: 'error',
    patterns: ['Invalid probe type made it to attachpoint parser'],
    cause: 'A probe has a type that this version does not know, and old versions abort instead of naming it.',
    nextStep:
      'Look for a misspelt probe type, or one of a later version: `begin`, `fentry`, `rawtracepoint` as 0.27 writes them.',
    samples: ['FATAL: Invalid probe type made it to attachpoint parser'],
  },
  {
    name: 'number-form',
    category: 'syntax',
    severity: 'error',
    patterns: ['ERROR: stoull$', 'Exponent will overflow', 'invalid integer: (\\S+)'],
    cause: 'A number cannot be read[: `$1`]: it is too large, or no number at all.',
    nextStep: 'Write a whole number below 2^64, in an attach point without a unit or a name in its place.',
    samples: ['stdin:1:9-35: ERROR: stoull', 'stdin:1:1-19: ERROR: Invalid offset: invalid integer: zz'],
  },
  {
    name: 'attach-point-value',
    category: 'type',
    severity: 'error',
    patterns: [
      '(\\S+) is not an accepted unit of time',
      '(\\S+) is not a (?:software|hardware) probe',
      '(\\w+) (?:probe )?(?:frequency should be|must have a|should be attached to|type does not support wildcards)',
      'wildcards are not allowed for (\\w+)',
      '(Offset) not allowed',
      '(watchpoint) (?:must be|length must|mode must|modes may)',
    ],
    cause: 'A part of the attach point has a value that this probe type does not take: `$1`.',
    nextStep:
      "Compare it with `bpftrace -l 'TYPE:*'`: units are hz, s, ms, us; events of software and hardware probes are fixed names; a return probe takes no offset.",
    samples: ['stdin:1:1-15: ERROR: min is not an accepted unit of time', 'stdin:1:1-21: ERROR: Offset not allowed'],
  },
  {
    name: 'type-error',
    category: 'type',
    severity: 'error',
    patterns: [
      'ERROR: Type mismatch for',
      'ERROR: Argument mismatch for',
      'can not be used on expressions of type',
      'trying to assign value of type',
    ],
    cause: 'The types of two values that meet here do not fit.',
    nextStep: 'Change the expression at the place named, or cast it; `bpftrace.validate_program` offers fixes.',
    samples: [
      "stdin:1:17-25: ERROR: Type mismatch for $a: trying to assign value of type 'string[2]' when variable already has a type 'int8'",
      "stdin:1:20-21: ERROR: Type mismatch for $a: trying to assign value of type 'string[2]' when variable already contains a value of type 'int64'",
    ],
  },
  {
    name: 'syntax-error',
    category: 'syntax',
    severity: 'error',
    patterns: ['ERROR: syntax error, unexpected', 'ERROR: syntax: ', 'unterminated string'],
    cause: 'The text does not follow the grammar of this version at the place named.',
    nextStep:
      'Correct the text there, or the line before; `bpftrace.validate_program` offers fixes and says which version a spelling belongs to.',
    samples: [
      'stdin:1:9-18: ERROR: syntax error, unexpected end of file, expecting }',
      "stdin:1:18-18: ERROR: syntax: expected '}'",
    ],
  },
  {
    name: 'unsafe',
    category: 'permission',
    severity: 'error',
    patterns: ['is an unsafe function being used in safe mode', 'is unsafe\\. To use you need the --unsafe flag'],
    cause:
      'The program uses a function that changes the system or runs commands, which needs the consent of `--unsafe`.',
    nextStep: 'Add `--unsafe` if you mean it; read what the function does first.',
    samples: [
      'stdin:1:9-21: ERROR: system() is an unsafe function being used in safe mode',
      'stdin:1:9-21: ERROR: system() is an unsafe function being used in safe mode',
    ],
  },
  {
    name: 'cgroup-missing',
    category: 'environment',
    severity: 'error',
    patterns: ['Failed to get `cgroupid` for path'],
    cause: 'The path given to `cgroupid()` does not exist or is no cgroup of version 2.',
    nextStep: 'Use a path below the cgroup2 mount, for example /sys/fs/cgroup/system.slice.',
    samples: ['ERROR: Failed to compile: Failed to get `cgroupid` for path: "/no/such": No such file or directory'],
  },
  {
    name: 'killed',
    category: 'killed',
    severity: 'error',
    patterns: ['^Killed$', 'signal: (?:SIGKILL|killed)', 'Out of memory: Killed process \\d+ \\(bpftrace\\)'],
    cause:
      'Something ended bpftrace with SIGKILL: a person, a limit of its container, or the kernel for want of memory.',
    nextStep: 'Look at `dmesg` for an out-of-memory report; lower `max_map_keys` and string lengths if there is one.',
    samples: ['Killed'],
  },
  {
    name: 'timed-out',
    category: 'timeout',
    severity: 'error',
    patterns: ['timed? ?out', 'Execution exceeded the time limit'],
    cause: 'The run did not end within its time limit.',
    nextStep: 'Give it more time, or attach to fewer probes: attaching to thousands takes minutes.',
    samples: ['Execution exceeded the time limit'],
  },
]
