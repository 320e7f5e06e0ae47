/** Clocks. */
import type { FunctionEntry } from '../entry.ts'

export const timeFunctions: readonly FunctionEntry[] = [
  {
    name: 'nsecs',
    description: 'Timestamp from a chosen clock.',
    since: '0.19',
    category: 'time',
    implementation: 'compiler',
    mode: 'sync',
    signatures: [{ returns: 'uint64', params: [{ name: 'mode', type: 'monotonic|boot|tai|sw_tai', optional: true }] }],
    validIn: ['*'],
    example: 'BEGIN { print(nsecs(monotonic)); }',
    notes: 'Call form; the bare builtin is older. tai needs kernel ≥6.1 (bpf_ktime_get_tai_ns); sw_tai works anywhere.',
    acceptedBy: ['0.27.1'],
  },
]
