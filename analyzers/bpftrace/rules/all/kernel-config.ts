import type { Span } from '../../diagnostic.ts'
import { missingOptions, neededOption } from '../../kernel-options.ts'
import { probeTypeOf } from '../../program-context.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
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
    const isMissing = missingOptions(context.kernel)
    if (isMissing === undefined) return
    const release = context.kernelRelease === '' ? 'this kernel' : `Linux ${context.kernelRelease} here`
    const missing = new Map<string, { readonly span: Span; readonly options: Set<string> }>()
    for (const { option, what, span } of [
      ...neededByProbes(context),
      ...(isMissing(BTF) ? neededByTypes(context) : []),
    ]) {
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

function* neededByProbes(context: RuleContext): Generator<Need> {
  for (const probe of probesOf(context)) {
    for (const point of probe.attachPoints) {
      const entry = probeTypeOf(context.catalog, point)
      const [provider] = point.parts
      if (entry === undefined || provider === undefined) continue
      for (const text of entry.kernelConfig ?? []) {
        const option = neededOption(text, context.catalog.version, point.parts[1]?.text)
        if (option !== undefined) yield { option, what: entry.name, span: provider.span }
      }
    }
  }
}

/** Structures whose layout only the kernel can tell. */
function* neededByTypes(context: RuleContext): Generator<Need> {
  for (const item of context.tree.program.items) {
    for (const { object, span } of nodesIn(item).fieldAccesses) {
      const type = context.types.typeOf(object.kind === 'Parenthesized' ? object.expression : object)
      const record = type?.kind === 'pointer' ? type.to : type
      if (record?.kind !== 'c' || record.origin !== 'kernel' || type?.arguments === true) continue
      yield { option: BTF, what: record.name, span }
    }
  }
}
