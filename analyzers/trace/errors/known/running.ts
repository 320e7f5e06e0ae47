/** What is printed while a program runs: lost events, full maps, unreadable memory, an end by force. */
import type { KnownError } from '../known-error.ts'

export const runningErrors: readonly KnownError[] = [
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
