import type { TextEdit } from '../../diagnostic.ts'
import type { CFunction } from '../../kernel-facts.ts'
import { missingOptions, neededOption } from '../../kernel-options.ts'
import type { Probe } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { type OptimizeContext, optimization, probesOf, type Suggestion, wordsOf } from '../optimization.ts'
import { directProbe, dot } from '../spelling.ts'

export default optimization({
  name: 'fentry-for-kprobe',
  title: 'fentry and fexit instead of kprobe and kretprobe',
  isLast: true,
  examples: [
    {
      before: 'kprobe:vfs_read { @last = arg0; }',
      after: 'fentry:vfs_read { @last = args.file; }',
    },
    {
      before: 'kretprobe:vfs_read { @ = count(); }',
      after: 'fexit:vfs_read { @ = count(); }',
    },
  ],
  *find(context) {
    for (const probe of probesOf(context)) {
      const suggestion = direct(context, probe)
      if (suggestion !== undefined) yield suggestion
    }
  },
})

/** What only the older probes have: registers, the stack, and the return probe of a call. */
const unavailable = /^(reg|sarg\d+|ctx|override|kptr_regs)$/

function direct(context: OptimizeContext, probe: Probe): Suggestion | undefined {
  if (lacksTrampolines(context)) return undefined
  const [point, ...more] = probe.attachPoints
  const { version } = context.catalog
  const match = /^(?:(kprobe|k)|(?:kretprobe|kr)):(\w+)$/.exec(point?.text ?? '')
  const name = match?.[2]
  if (point === undefined || name === undefined || more.length > 0) return undefined
  const isReturn = match?.[1] === undefined
  const signature = context.kernel.signature(name)
  const provider = directProbe(version, isReturn)
  if (signature === undefined || provider === undefined || signature.variadic) return undefined
  const words = [...wordsOf(probe)]
  if (words.some((word) => unavailable.test(word))) return undefined
  const edits = argumentEdits(context, probe, signature)
  if (edits === undefined) return undefined
  const old = isReturn ? 'kretprobe' : 'kprobe'
  return {
    span: point.span,
    reason: `\`${provider}:${name}\` is called directly and costs a fraction of a ${old}; its arguments have names and types. It needs BTF and a kernel built for it.`,
    edits: [{ span: point.span, newText: `${provider}:${name}` }, ...edits],
  }
}

/** A kernel that says how it was built, and was built without them, or that does not let functions be traced. */
function lacksTrampolines({ kernel, catalog }: OptimizeContext): boolean {
  const isMissing = missingOptions(kernel)
  const needed = catalog.probeType('fentry')?.kernelConfig ?? []
  return (
    kernel.functionTracing === false || needed.some((text) => isMissing?.(neededOption(text, catalog.version) ?? text))
  )
}

/** `arg0` → `args.file`; undefined where an argument is not in the signature. */
function argumentEdits(context: OptimizeContext, probe: Probe, signature: CFunction): TextEdit[] | undefined {
  const edits: TextEdit[] = []
  let isComplete = true
  walk(probe, (node) => {
    if (node.kind !== 'Identifier') return
    const position = /^arg(\d+)$/.exec(node.name)?.[1]
    if (position === undefined) return
    const name = signature.params[Number(position)]?.name
    if (name === undefined || name === '') isComplete = false
    else edits.push({ span: node.span, newText: `args${dot(context.catalog.version)}${name}` })
  })
  return isComplete ? edits : undefined
}
