/** Which kernel probes an attach point with wildcards stands for, as far as the kernel's facts tell. */
import type { KernelFacts } from './kernel-facts.ts'
import { type ProgramContext, probeTypeOf } from './program-context.ts'
import type { AttachPoint } from './syntax/ast.ts'

/** Full names of the probes; undefined when the attach point has no wildcard or nobody knows what it could match. */
export function expandAttachPoint(context: ProgramContext, point: AttachPoint): readonly string[] | undefined {
  const entry = probeTypeOf(context.catalog, point)
  const targets = point.parts.slice(1).map(({ text }) => text)
  if (!entry || !targets.some((text) => /[*?[]/.test(text))) return undefined
  const { kernel } = context
  const provider = entry.aliasOf ?? entry.name
  switch (provider) {
    case 'tracepoint': {
      if (kernel.coverage.tracepoints === 'none') return undefined
      const [category = '*', event = '*'] = targets
      return matching(kernel, 'tracepoint', [category, event].join(':')).map((name) => `${provider}:${name}`)
    }
    case 'rawtracepoint':
      if (kernel.coverage.tracepoints === 'none') return undefined
      return matching(kernel, 'rawtracepoint', targets.at(-1) ?? '').map((name) => `${provider}:${name}`)
    case 'kprobe':
    case 'kretprobe':
    case 'fentry':
    case 'fexit':
      // Which module a function belongs to is not among the names.
      if (kernel.coverage.functions === 'none' || targets.length > 1) return undefined
      return matching(kernel, 'function', targets[0] ?? '').map((name) => `${provider}:${name}`)
    default:
      return undefined
  }
}

function matching(kernel: KernelFacts, kind: Parameters<KernelFacts['names']>[0], pattern: string): string[] {
  const expression = wildcardExpression(pattern)
  return kernel.names(kind).filter((name) => expression.test(name))
}

/** bpftrace matches `*`, `?` and character sets as a shell does. */
export function wildcardExpression(pattern: string): RegExp {
  const source = pattern.replace(/\[[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*'
    if (part === '?') return '.'
    if (part.length > 1)
      return `[${part
        .slice(1, -1)
        .replace(/^!/, '^')
        .replace(/[\\\]]/g, '\\$&')}]`
    return part.replace(/[.+^${}()|\\[\]]/g, '\\$&')
  })
  return new RegExp(`^${source}$`)
}
