/** Which probes an attach point with wildcards stands for, as far as the facts about kernel and programs tell. */
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
    case 'uprobe':
    case 'uretprobe':
    case 'usdt':
      return expandInFile(context, provider, targets)
    default:
      return undefined
  }
}

/** Of one program or library, or of all that the process has which the program is about. */
function expandInFile({ kernel }: ProgramContext, provider: string, targets: readonly string[]): string[] | undefined {
  const [target = '', ...rest] = targets
  const binary = rest.some((text) => text.includes('*')) || target === '*' ? kernel.binaries?.find(target) : undefined
  if (binary === undefined || binary === 'pending' || rest.length === 0) return undefined
  if (provider === 'usdt') {
    const pattern = [...(rest.length > 1 ? [] : ['*']), ...rest].join(':')
    const names = [...new Set(binary.usdt.map(({ provider, name }) => `${provider}:${name}`))].sort()
    return namesMatching(names, pattern).map((name) => `usdt:${target}:${name}`)
  }
  // A stripped program has functions that its symbols do not name.
  if (binary.functions.length === 0 || rest.length > 1) return undefined
  return namesMatching(binary.functions, rest[0] ?? '').map((name) => `${provider}:${target}:${name}`)
}
