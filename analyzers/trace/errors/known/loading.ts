/** What bpftrace, libbpf and the verifier print when a program cannot be loaded: types of the kernel, checks, limits. */
import type { KnownError } from '../known-error.ts'

export const loadingErrors: readonly KnownError[] = [
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
    name: 'memory',
    category: 'resource',
    severity: 'error',
    patterns: ['Error code: -12 \\(', 'Cannot allocate memory'],
    cause: 'The kernel has not given the memory that the maps of the program take when they are made.',
    nextStep:
      'Declare smaller maps or lower `max_map_keys`, keep fewer and shorter strings as keys, or raise the memory limit of the control group.',
    samples: ['ERROR: Failed to load BPF program: Cannot allocate memory'],
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
    patterns: ['Error loading BPF program for (\\S+?)[.:]?(?:\\s|$)', 'Error loading program: (\\S+)'],
    cause: "The kernel's verifier or loader rejected the program of a probe: `$1`.",
    nextStep:
      'Run with `-v` and read the last lines of the log: they name an endless loop, a pointer that may be null, too much stack, or a helper that is not allowed here.',
    samples: [
      'ERROR: Error loading BPF program for begin_1. Error code: -22 (Invalid argument). Use -v for full kernel error log.',
      'ERROR: Error loading program: BEGIN (try -v)',
      'ERROR: Error loading BPF program for kprobe_vfs_read_1.',
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
    patterns: [
      'Stack size is too large',
      'BPF stack limit of 512 bytes is exceeded',
      'combined stack size of \\d+ calls',
      'invalid stack off',
    ],
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
]
