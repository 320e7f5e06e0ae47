/** What is printed about symbols, headers and other things of the machine, and when bpftrace itself fails. */
import type { KnownError } from '../known-error.ts'

export const hostErrors: readonly KnownError[] = [
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
]
