/** Stack traces. */
import type { FunctionEntry } from '../entry.ts'

export const stackFunctions: readonly FunctionEntry[] = [
  {
    name: 'kstack',
    description: 'Kernel stack with an explicit mode and/or frame limit.',
    since: '0.9',
    category: 'stack',
    implementation: 'compiler',
    mode: 'sync',
    signatures: [
      {
        returns: 'kstack_t',
        params: [
          { name: 'mode', type: 'StackMode', optional: true },
          { name: 'limit', type: 'int', optional: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'kprobe:vfs_read { @[kstack(perf, 3)] = count(); }',
    notes: 'Modes bpftrace, perf; raw since 0.18.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'ustack',
    description: 'User stack with an explicit mode and/or frame limit.',
    since: '0.9',
    category: 'stack',
    implementation: 'compiler',
    mode: 'sync',
    signatures: [
      {
        returns: 'ustack_t',
        params: [
          { name: 'mode', type: 'StackMode', optional: true },
          { name: 'limit', type: 'int', optional: true },
        ],
      },
    ],
    validIn: ['*'],
    example: 'kprobe:vfs_read { @[ustack(perf, 3)] = count(); }',
    notes: 'Modes bpftrace, perf; raw since 0.18; build_id since 0.25.',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'dw_ustack',
    description: 'User stack unwound with DWARF tables; x86_64 only.',
    since: '0.26',
    category: 'stack',
    implementation: 'stdlib',
    mode: 'sync',
    signatures: [
      {
        returns: 'ustack_t',
        params: [
          { name: 'mode', type: 'StackMode', optional: true },
          { name: 'limit', type: 'int', optional: true },
        ],
      },
    ],
    validIn: ['*'],
    unstable: 'unstable_dw_ustack',
    architectures: ['x86_64'],
    example: 'profile:hz:99 { @[dw_ustack(perf, 3)] = count(); }',
    flags: ['-c', '/bin/true'],
    notes: 'Needs a target process (-p, -c or --dwarf-pid) and a build with LLVM ≥21.',
    acceptedBy: ['0.27.1'],
  },
]
