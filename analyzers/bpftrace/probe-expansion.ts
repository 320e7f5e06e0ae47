/** Which kernel probes an attach point with wildcards stands for, as far as the kernel's facts tell. */
import { namesMatching } from './kernel-names.ts'
import { type ProgramContext, probeTypeOf } from './program-context.ts'
import type { AttachPoint } from './syntax/ast.ts'

/** Full names of the probes; undefined when the attach point has no wildcard or nobody knows what it could match. */
export function expandAttachPoint(context: ProgramContext, point: AttachPoint): readonly string[] | undefined {
  const entry = probeTypeOf(context.catalog, point)
  const targets = point.parts.slice(1).map(({ text }) => text)
  if (!entry || !targets.some((text) => text.includes('*'))) return undefined
  const { kernel } = context
  const provider = entry.aliasOf ?? entry.name
  switch (provider) {
    case 'tracepoint': {
      if (kernel.coverage.tracepoints === 'none') return undefined
      const [category = '*', event = '*'] = targets
      return namesMatching(kernel.names('tracepoint'), [category, event].join(':')).map((name) => `${provider}:${name}`)
    }
    case 'rawtracepoint':
      if (kernel.coverage.tracepoints === 'none') return undefined
      return namesMatching(kernel.names('rawtracepoint'), targets.at(-1) ?? '').map((name) => `${provider}:${name}`)
    case 'kprobe':
    case 'kretprobe':
    case 'fentry':
    case 'fexit':
      // Which module a function belongs to is not among the names.
      if (kernel.coverage.functions === 'none' || targets.length > 1) return undefined
      return namesMatching(kernel.names('function'), targets[0] ?? '').map((name) => `${provider}:${name}`)
    default:
      return undefined
  }
}
