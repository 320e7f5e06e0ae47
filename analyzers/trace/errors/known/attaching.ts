/** What bpftrace prints when a probe, or the kernel's list of them, is not there or refuses to be attached. */
import type { KnownError } from '../known-error.ts'

export const attachingErrors: readonly KnownError[] = [
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
]
