import type { Span } from '../../diagnostic.ts'
import { probeTypeOf } from '../../program-context.ts'
import type { AttachPoint } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { atLeast } from '../../version.ts'
import { probesOf, type RuleContext, rule } from '../rule.ts'

const BTF = 'CONFIG_DEBUG_INFO_BTF'

export default rule({
  code: 'kernel-config',
  title: 'Kernel was built without what the program uses',
  severity: 'warning',
  verdict: null,
  docs: `Probe types rest on options that the kernel is built with: kprobes on \`CONFIG_KPROBES\`, fentry and the layout of
structures on BTF (\`CONFIG_DEBUG_INFO_BTF\`), uprobes on \`CONFIG_UPROBES\`. Without them the program does not attach or
does not compile. Only a kernel that says how it was built is judged. Take a tracepoint, declare the structure in the
script, or boot a kernel that has the option.`,
  bad: 'kprobe:vfs_read { @ = count(); }',
  good: 'tracepoint:syscalls:sys_enter_read { @ = count(); }',
  example: {
    kernel: '6.1.0',
    config: {
      CONFIG_KPROBES: 'n',
      CONFIG_TRACEPOINTS: 'y',
      CONFIG_EVENT_TRACING: 'y',
      CONFIG_BPF_EVENTS: 'y',
      CONFIG_FTRACE_SYSCALLS: 'y',
    },
  },
  acrossProbes: true,
  *check(context) {
    const isMissing = missingOptions(context)
    if (isMissing === undefined) return
    const release = context.kernelRelease === '' ? 'this kernel' : `Linux ${context.kernelRelease} here`
    const missing = new Map<string, { readonly span: Span; readonly options: Set<string> }>()
    for (const { option, what, span } of [...neededByProbes(context), ...neededByTypes(context)]) {
      if (!isMissing(option)) continue
      const known = missing.get(what)
      if (known === undefined) missing.set(what, { span, options: new Set([option]) })
      else known.options.add(option)
    }
    for (const [what, { span, options }] of missing) {
      yield { span, message: `\`${what}\` needs ${[...options].join(', ')}, which ${release} was built without` }
    }
  },
})

interface Need {
  readonly option: string
  readonly what: string
  readonly span: Span
}

/** Undefined where the kernel does not say how it was built. */
function missingOptions({ kernel }: RuleContext): ((option: string) => boolean) | undefined {
  const { config } = kernel
  if (config !== undefined) {
    // An option that cannot be chosen, because another is missing, is not written down at all.
    const isWhole = config.size > 500
    return (option) => (config.get(option) ?? (isWhole ? 'n' : 'y')) === 'n'
  }
  const hasTypes = kernel.source.kind !== 'live' || kernel.coverage.types === 'complete'
  return hasTypes ? undefined : (option) => option === BTF
}

function* neededByProbes(context: RuleContext): Generator<Need> {
  for (const probe of probesOf(context)) {
    for (const point of probe.attachPoints) {
      const entry = probeTypeOf(context.catalog, point)
      const [provider] = point.parts
      if (entry === undefined || provider === undefined) continue
      for (const text of entry.kernelConfig ?? []) {
        const option = optionOf(text, context, point)
        if (option !== undefined) yield { option, what: entry.name, span: provider.span }
      }
    }
  }
}

/** `CONFIG_X`, `CONFIG_X (≥0.24)`, `CONFIG_X (syscalls category)`, `CONFIG_X (modules)`. */
function optionOf(text: string, context: RuleContext, point: AttachPoint): string | undefined {
  const [, option, condition] = /^(CONFIG_\w+)(?:\s*\((.*)\))?/.exec(text) ?? []
  if (option === undefined || condition === undefined) return option
  const since = /^≥\s*(\d+\.\d+)/.exec(condition)?.[1]
  if (since !== undefined) return atLeast(context.catalog.version, since) ? option : undefined
  if (condition.startsWith('syscalls')) return point.parts[1]?.text === 'syscalls' ? option : undefined
  // What only modules or other special cases need is not needed by every program.
  return undefined
}

/** Structures whose layout only the kernel can tell. */
function* neededByTypes(context: RuleContext): Generator<Need> {
  const needs: Need[] = []
  walk(context.tree.program, (node) => {
    if (node.kind !== 'FieldAccess') return
    const object = node.object.kind === 'Parenthesized' ? node.object.expression : node.object
    const type = context.types.typeOf(object)
    const record = type?.kind === 'pointer' ? type.to : type
    if (record?.kind !== 'c' || record.origin !== 'kernel' || type?.arguments === true) return
    needs.push({ option: BTF, what: record.name, span: node.span })
  })
  yield* needs
}
