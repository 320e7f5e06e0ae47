/** Functions that print. */
import type { FunctionEntry } from '../entry.ts'

export const outputFunctions: readonly FunctionEntry[] = [
  {
    name: 'print',
    description: 'Prints a map or any printable value.',
    since: '0.9',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      { returns: 'void', params: [{ name: 'value', type: 'T' }] },
      {
        returns: 'void',
        params: [
          { name: 'm', type: 'map' },
          { name: 'top', type: 'uint64', optional: true },
          { name: 'div', type: 'uint64', optional: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 1; print(@a, 5, 2); print(3); }',
    notes:
      'Non-map values since 0.11, single map entries (@a[1]) since 0.21, whole structs since 0.18. Maps print by reference, so the value is the one at print time.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'printf',
    description: 'Formatted output.',
    since: '0.9',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'fmt', type: 'literal string' },
          { name: 'args', type: 'any', optional: true, variadic: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { printf("%d %s %x\\n", pid, comm, 255); }',
    notes:
      'More than seven arguments since 0.11. Extra conversions: %r buffers (0.11), %rx, %rh (0.17), %o (0.15), %s on enums (0.22), %gr GFP flags (0.26).',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'errorf',
    description: 'Like printf, but emitted as an error with its source position.',
    since: '0.24',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'fmt', type: 'literal string' },
          { name: 'args', type: 'any', optional: true, variadic: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { errorf("bad %d", 1); }',
    acceptedBy: ['0.27.1'],
  },
  {
    name: 'warnf',
    description: 'Like printf, but emitted as a warning with its source position; silenced by --no-warnings.',
    since: '0.25',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'fmt', type: 'literal string' },
          { name: 'args', type: 'any', optional: true, variadic: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { warnf("odd %d", 1); }',
    acceptedBy: ['0.27.1'],
  },
  {
    name: 'debugf',
    description: 'Writes to the kernel trace pipe; at most three arguments. Debugging only.',
    since: '0.16',
    category: 'output',
    implementation: 'compiler',
    mode: 'sync',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'fmt', type: 'literal string' },
          { name: 'args', type: 'any', optional: true, variadic: true },
        ],
      },
    ],
    validIn: ['*'],
    helper: 'trace_printk',
    example: 'BEGIN { debugf("x=%d", 1); }',
    notes: 'Always gives a warning; output lands in trace_pipe.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'fail',
    description: 'Stops compilation with a message when the statement is reachable at compile time.',
    since: '0.25',
    category: 'output',
    implementation: 'compiler',
    mode: 'compile-time',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'fmt', type: 'literal string' },
          { name: 'args', type: 'literal', optional: true, variadic: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { if comptime (false) { fail("no %d", 1); } }',
    notes: 'All arguments must be literals.',
    acceptedBy: ['0.27.1'],
  },
  {
    name: 'cat',
    description: 'Prints a file named by a format string.',
    since: '0.9.1',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'pathfmt', type: 'literal string' },
          { name: 'args', type: 'any', optional: true, variadic: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { cat("/proc/%d/stat", pid); }',
    notes: 'At most max_cat_bytes are shown.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'join',
    description: 'Prints a char*[] joined with a separator.',
    since: '0.9',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      {
        returns: 'void',
        params: [
          { name: 'arr', type: 'char**' },
          { name: 'sep', type: 'string', optional: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'tracepoint:syscalls:sys_enter_execve { join(args.argv, ","); }',
    classicExample: 'tracepoint:syscalls:sys_enter_execve { join(args->argv, ","); }',
    notes: 'Separator argument since 0.9.1. 16 strings of 1024 bytes at most.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'time',
    description: 'Prints the wall-clock time in a strftime format.',
    since: '0.9',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [{ returns: 'void', params: [{ name: 'fmt', type: 'literal string', optional: true }] }],
    validIn: ['*'],
    example: 'BEGIN { time("%H:%M:%S\\n"); }',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'strftime',
    description: 'Turns an nsecs value into text when printed.',
    since: '0.12',
    category: 'output',
    implementation: 'compiler',
    mode: 'async',
    signatures: [
      {
        returns: 'timestamp',
        params: [
          { name: 'fmt', type: 'literal string' },
          { name: 'ns', type: 'uint64' },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { printf("%s\\n", strftime("%H:%M:%S", nsecs)); }',
    notes: '%f microseconds since 0.14. Not with the monotonic clock; negative literals rejected.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
]
