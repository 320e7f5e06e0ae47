import { type KernelChange, kernelChanges, releaseNumber } from '../../catalog/kernel-changes.ts'
import { rule } from '../rule.ts'

const changesByName = new Map(kernelChanges.map((change) => [`${change.kind} ${change.name}`, change]))

export default rule({
  code: 'kernel-portability',
  title: 'Probe that other kernels lack',
  severity: 'info',
  verdict: null,
  docs: `Functions of the kernel are no interface: they are renamed, removed, and inlined by the compiler. Tracepoints change
rarely, but they do. This probe exists only in some releases. Where a tracepoint does the same, take that; for a renamed
function, attach to both names in two copies of the probe, or choose by kernel.`,
  bad: 'kprobe:blk_account_io_start { @ = count(); }',
  good: 'tracepoint:block:block_rq_issue { @ = count(); }',
  *check(context) {
    const current = releaseNumber(context.kernelRelease)
    const attached = new Set(
      context.estimate.probes.flatMap(({ load }) => [load.full, load.attachPoint.parts.at(-1)?.text ?? '']),
    )
    for (const { load } of context.estimate.probes) {
      const change = changeOf(
        load.provider,
        load.attachPoint.parts.slice(1).map((part) => part.text),
      )
      // A program that attaches to both names has thought of it.
      if (change === undefined || attached.has(change.replacedBy ?? '')) continue
      const since = releaseNumber(change.since) ?? 0
      const missing = current !== undefined && (change.change === 'added' ? current < since : current >= since)
      yield {
        span: load.attachPoint.span,
        message: messageOf(change, missing ? context.kernelRelease : ''),
        severity: missing && change.change !== 'inlined' ? 'warning' : 'info',
        fixes: [],
      }
    }
  },
})

function changeOf(provider: string, parts: readonly string[]): KernelChange | undefined {
  if (provider === 'tracepoint') return changesByName.get(`tracepoint ${parts.slice(0, 2).join(':')}`)
  if (['kprobe', 'kretprobe', 'fentry', 'fexit'].includes(provider)) {
    return changesByName.get(`function ${(parts.at(-1) ?? '').replace(/\+.*$/, '')}`)
  }
  return undefined
}

function messageOf(change: KernelChange, release: string): string {
  const verbs = { removed: 'is gone since', inlined: 'may be inlined since', added: 'exists only since' }
  const here = release === '' ? '' : `, and this is Linux ${release}`
  const before = change.change === 'added' ? 'before that' : 'from then on'
  const instead = change.replacedBy === undefined ? '' : `; ${before} use \`${change.replacedBy}\``
  const note = change.note === undefined ? '' : ` (${change.note})`
  return `\`${change.name}\` ${verbs[change.change]} Linux ${change.since}${note}${here}${instead}`
}
