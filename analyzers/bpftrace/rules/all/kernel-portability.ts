import { type KernelChange, kernelChange, mayHaveChanged, releaseNumber } from '../../catalog/kernel-changes.ts'
import type { Fix, Span } from '../../diagnostic.ts'
import type { FieldAccess, Probe } from '../../syntax/ast.ts'
import { nodesIn } from '../../syntax/nodes-by-kind.ts'
import { estimatesOf, probesOf, type RuleContext, rule } from '../rule.ts'

/** What every kernel since this one has is not worth a word where the kernel is not known. */
const OLDEST_USUAL = releaseNumber('5.4') ?? 0

const functionProviders = new Set(['kprobe', 'kretprobe', 'fentry', 'fexit'])

export default rule({
  code: 'kernel-portability',
  title: 'Probe or field that other kernels lack',
  severity: 'info',
  verdict: null,
  docs: `Functions and structures of the kernel are no interface: they are renamed, removed, and inlined by the compiler.
Tracepoints and their arguments change rarely, but they do. What is named here exists only in some releases. Where a
tracepoint does the same, take that; for a renamed function, attach to both names, or choose by kernel.`,
  bad: 'kprobe:blk_account_io_start { @ = count(); }',
  good: 'tracepoint:block:block_rq_issue { @ = count(); }',
  acrossProbes: true,
  *check(context) {
    const uses = [...attachedNames(context), ...usedFields(context)]
    const attached = new Set(uses.map(({ change, name }) => change?.name ?? name))
    const predecessors = new Set(uses.flatMap(({ change }) => change?.before ?? []))
    const current = releaseNumber(context.kernelRelease)
    for (const { change, span } of uses) {
      if (change === undefined) continue
      // A program that names both has thought of it.
      const isNew = change.from !== undefined && !attached.has(bare(change.before)) && isRecent(change, current)
      const isOld = change.gone !== undefined && !attached.has(bare(change.after)) && !predecessors.has(change.name)
      if (!isNew && !isOld) continue
      const tooEarly = isNew && current !== undefined && current < (releaseNumber(change.from ?? '') ?? 0)
      const tooLate = isOld && current !== undefined && current >= (releaseNumber(change.gone ?? '') ?? 0)
      const missing = tooEarly || (tooLate && change.how === undefined)
      const here = tooEarly || tooLate ? `; this is Linux ${context.kernelRelease}` : ''
      const instead = tooEarly ? change.before : tooLate ? change.after : undefined
      yield {
        span,
        message: messageOf(change, isNew, isOld) + here,
        severity: missing ? 'warning' : 'info',
        fixes: instead === undefined ? [] : fixesOf(change, instead, span),
      }
    }
  },
})

interface Use {
  readonly name: string
  readonly change: KernelChange | undefined
  readonly span: Span
}

function* attachedNames({ estimate }: RuleContext): Generator<Use> {
  for (const { load } of estimate.probes) {
    const parts = load.attachPoint.parts.slice(1)
    const last = parts.at(-1)
    if (last === undefined) continue
    if (load.provider === 'tracepoint') {
      const name = parts
        .slice(0, 2)
        .map((part) => part.text)
        .join(':')
      yield { name, change: kernelChange('tracepoint', name), span: load.attachPoint.span }
    } else if (functionProviders.has(load.provider)) {
      const name = last.text.replace(/\+.*$/, '')
      yield {
        name,
        change: kernelChange('function', name),
        span: { start: last.span.start, end: last.span.start + name.length },
      }
    }
  }
}

function* usedFields(context: RuleContext): Generator<Use> {
  for (const probe of probesOf(context)) {
    // One word for each field of a probe is enough.
    const first = new Map<string, Use>()
    for (const access of nodesIn(probe).fieldAccesses) {
      const { field } = access
      const owner = mayHaveChanged(field.text) ? ownerOf(context, probe, access) : undefined
      if (owner === undefined) continue
      const name = `${owner.name}.${field.text}`
      if (!first.has(name)) first.set(name, { name, change: kernelChange(owner.kind, name), span: field.span })
    }
    yield* first.values()
  }
}

/** The tracepoint whose argument, or the structure whose member is read. */
function ownerOf(
  context: RuleContext,
  probe: Probe,
  { object }: FieldAccess,
): { readonly kind: 'argument' | 'member'; readonly name: string } | undefined {
  if (object.kind === 'Identifier' && object.name === 'args') {
    const load = estimatesOf(context, probe)[0]?.load
    if (load?.provider !== 'tracepoint') return undefined
    return { kind: 'argument', name: load.full.replace(/^tracepoint:/, '') }
  }
  const type = context.types.typeOf(object.kind === 'Parenthesized' ? object.expression : object)
  const record = type?.kind === 'pointer' ? type.to : type
  if (record?.kind !== 'c') return undefined
  return { kind: 'member', name: record.name.replace(/^struct /, '') }
}

function isRecent(change: KernelChange, current: number | undefined): boolean {
  const from = releaseNumber(change.from ?? '') ?? 0
  return change.note !== undefined || from > OLDEST_USUAL || (current !== undefined && current < from)
}

/** A name as programs write it after the provider. */
function bare(name: string | undefined): string {
  return (name ?? '').replace(/^tracepoint:/, '')
}

function messageOf(change: KernelChange, isNew: boolean, isOld: boolean): string {
  const isVague = change.note === 'at the latest'
  const note =
    change.note === undefined || isVague ? '' : ` ${/^[(,]|^and /.test(change.note) ? change.note : `(${change.note})`}`
  const begins = isNew ? `exists only since Linux ${change.from}${isVague ? ' or a release before it' : ''}` : ''
  const parts = [begins, isOld ? goneText(change, begins === '') : ''].filter((part) => part !== '')
  const instead = [
    isNew && change.before !== undefined ? `before that use \`${change.before}\`` : '',
    isOld && change.after !== undefined ? `from then on use \`${change.after}\`` : '',
  ].filter((part) => part !== '')
  const advice = instead.length === 0 ? '' : `; ${instead.join(', ')}`
  return `\`${change.name}\` ${parts.join(' and ')}${note}${advice}`
}

function goneText({ how, gone, seen }: KernelChange, alone: boolean): string {
  if (seen !== undefined && how === undefined) return `is gone in Linux ${gone}, and ${seen} still has it`
  const since = `since ${alone ? 'Linux ' : ''}${gone}`
  if (how === 'inlined') return `may be inlined ${since}`
  return how === 'bypassed' ? `is passed by ${since}` : `is gone ${since}`
}

function fixesOf(change: KernelChange, instead: string, span: Span): Fix[] {
  const isProbe = change.kind === 'tracepoint' || change.kind === 'function'
  // Another provider has other arguments: that is more than a rename.
  if (!/^[\w:]+$/.test(instead) || (change.kind === 'function' && instead.includes(':'))) return []
  const newText = change.kind === 'tracepoint' ? `tracepoint:${instead}` : instead
  const title = isProbe ? `Attach to \`${instead}\`` : `Read \`${instead}\``
  return [{ title, edits: [{ span, newText }], safe: false }]
}
