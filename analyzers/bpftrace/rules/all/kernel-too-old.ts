import type { CatalogEntry } from '../../catalog/index.ts'
import { releaseNumber } from '../../catalog/kernel-changes.ts'
import type { Span } from '../../diagnostic.ts'
import { probeTypeOf } from '../../program-context.ts'
import { walk } from '../../syntax/visit.ts'
import { rule } from '../rule.ts'

export default rule({
  code: 'kernel-too-old',
  title: 'Kernel lacks what the program uses',
  severity: 'warning',
  verdict: null,
  docs: `Probe types and functions rest on features that the kernel got at some release. On an older kernel the program is
refused when it is loaded, whatever the version of bpftrace.`,
  bad: 'fentry:vfs_read { @ = count(); }',
  good: 'kprobe:vfs_read { @ = count(); }',
  example: { kernel: '5.4.0' },
  *check(context) {
    const current = releaseNumber(context.kernelRelease)
    if (current === undefined) return
    const used: { readonly entry: CatalogEntry; readonly span: Span }[] = []
    walk(context.tree.program, (node) => {
      if (node.kind === 'AttachPoint') {
        const entry = probeTypeOf(context.catalog, node)
        const [provider] = node.parts
        if (entry !== undefined && provider !== undefined) used.push({ entry, span: provider.span })
      }
      if (node.kind === 'Call') {
        const entry = context.catalog.function(node.callee.text)
        if (entry !== undefined) used.push({ entry, span: node.callee.span })
      }
    })
    for (const { entry, span } of used) {
      const needs = entry.kernel
      if (needs === undefined || (releaseNumber(needs.since) ?? 0) <= current) continue
      const because = needs.because === undefined ? '' : ` (${needs.because})`
      yield {
        span,
        message: `\`${entry.name}\` needs Linux ${needs.since}${because}, and this is ${context.kernelRelease}`,
      }
    }
  },
})
