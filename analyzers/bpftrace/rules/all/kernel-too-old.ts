import type { CatalogEntry } from '../../catalog/index.ts'
import { releaseNumber } from '../../catalog/kernel-changes.ts'
import type { Span } from '../../diagnostic.ts'
import { probeTypeOf } from '../../program-context.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { type RuleContext, rule } from '../rule.ts'

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
    for (const { entry, span } of used(context)) {
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

interface Use {
  readonly entry: CatalogEntry
  readonly span: Span
}

function* used({ tree, catalog }: RuleContext): Generator<Use> {
  for (const item of tree.program.items) {
    for (const point of item.kind === 'Probe' ? item.attachPoints : []) {
      const entry = probeTypeOf(catalog, point)
      const [provider] = point.parts
      if (entry?.kernel !== undefined && provider !== undefined) yield { entry, span: provider.span }
    }
    for (const { callee } of nodesIn(item).calls) {
      const entry = catalog.function(callee.text)
      if (entry?.kernel !== undefined) yield { entry, span: callee.span }
    }
  }
}
