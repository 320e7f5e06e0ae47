/** An attach point after its text was understood: the provider by its one name, and the parts by their meaning. */
import type { Span } from '../../diagnostic.ts'
import type { AddressSpace } from '../../types/type.ts'

export const providers = [
  'begin',
  'end',
  'self',
  'test',
  'bench',
  'kprobe',
  'kretprobe',
  'uprobe',
  'uretprobe',
  'usdt',
  'tracepoint',
  'rawtracepoint',
  'profile',
  'interval',
  'software',
  'hardware',
  'watchpoint',
  'asyncwatchpoint',
  'fentry',
  'fexit',
  'iter',
] as const
export type Provider = (typeof providers)[number]

export interface AttachPoint {
  readonly span: Span
  readonly provider: Provider
  /** As the program spells it. */
  readonly spelled: string
  /** Module, binary, category, unit or event. */
  readonly target: string
  readonly func: string
  readonly offset: boolean
  readonly address: boolean
  /** Whether its text was in order; the types of a faulty one are unknown. */
  readonly valid: boolean
}

export const hasWildcard = (text: string) => /[*?]|\[.*\]/.test(text)

/** The BPF program type behind a provider: what `ctx` is depends on it. */
export function programType(provider: Provider): string {
  switch (provider) {
    case 'kprobe':
    case 'kretprobe':
    case 'uprobe':
    case 'uretprobe':
    case 'usdt':
      return 'kprobe'
    case 'tracepoint':
      return 'tracepoint'
    case 'profile':
    case 'interval':
    case 'software':
    case 'hardware':
    case 'watchpoint':
    case 'asyncwatchpoint':
      return 'perf_event'
    case 'fentry':
    case 'fexit':
    case 'iter':
    case 'rawtracepoint':
      return 'tracing'
    default:
      return 'special'
  }
}

export function addressSpace(provider: Provider): AddressSpace | undefined {
  switch (provider) {
    case 'kprobe':
    case 'kretprobe':
    case 'fentry':
    case 'fexit':
    case 'tracepoint':
    case 'iter':
    case 'rawtracepoint':
      return 'kernel'
    case 'uprobe':
    case 'uretprobe':
    case 'usdt':
      return 'user'
    default:
      return undefined
  }
}
