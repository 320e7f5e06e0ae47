/** What bpftrace prints when it lacks a right or a limit is too low to begin. */
import type { KnownError } from '../known-error.ts'

export const privilegesErrors: readonly KnownError[] = [
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
]
