/** Fixes of probes: another type, a probe that has to be two or two that have to be one. */
import type { Catalog } from '../catalog/index.ts'
import type { Fix, Span } from '../diagnostic.ts'
import { itemAround } from '../program-context.ts'
import type { Vocabulary } from '../spelling/words.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { atLeast } from '../version.ts'
import { textOf } from './find.ts'
import { wholeStatement } from './statements.ts'

/** The probe around a place, at all of its attach points under the type that stands for its own in `types`. */
export function otherType(tree: SyntaxTree, span: Span, types: Readonly<Record<string, string>>): readonly Fix[] {
  const probe = itemAround(tree, span.start)
  if (probe?.kind !== 'Probe') return []
  const places = probe.attachPoints.flatMap((point) => point.parts[0] ?? [])
  const names = places.map(({ text }) => (Object.hasOwn(types, text) ? types[text] : undefined))
  const [first] = names
  if (first === undefined || names.includes(undefined)) return []
  const edits = places.map((place, index) => ({ span: place.span, newText: names[index] ?? place.text }))
  return [{ title: `Make it a \`${first}\` probe`, edits, safe: false }]
}

/** For a probe type the one of the same place where a builtin is known: the other end of the function, or its types. */
export function probeTypesWith(builtin: string, { version, probeType }: Catalog): Readonly<Record<string, string>> {
  const [entry, exit] = probeType('fentry') && atLeast(version, '0.23') ? ['fentry', 'fexit'] : ['kfunc', 'kretfunc']
  if (builtin === 'retval') {
    return { kprobe: 'kretprobe', k: 'kr', uprobe: 'uretprobe', u: 'ur', fentry: 'fexit', f: 'fr', kfunc: 'kretfunc' }
  }
  if (builtin === 'args') return { kprobe: entry, k: entry, kretprobe: exit, kr: exit, uretprobe: 'uprobe', ur: 'u' }
  if (!/^s?arg\d+$/.test(builtin)) return {}
  return { kretprobe: 'kprobe', kr: 'k', uretprobe: 'uprobe', ur: 'u' }
}

/** Whether the probe around a place is at the start of a function, where the arguments are on the stack. */
export function entersFunction(tree: SyntaxTree, span: Span): boolean {
  const probe = itemAround(tree, span.start)
  return (
    probe?.kind === 'Probe' &&
    probe.attachPoints.every((point) => /^(?:k|u|kprobe|uprobe)$/.test(point.parts[0]?.text ?? ''))
  )
}

/** What the second of two probes does, at the end of the first. */
export function merged(tree: SyntaxTree, span: Span): readonly Fix[] {
  const second = itemAround(tree, span.start)
  if (second?.kind !== 'Probe' || second.predicate || second.attachPoints.length !== 1) return []
  const name = second.attachPoints[0]?.text
  const first = tree.program.items.find((item) => item.kind === 'Probe' && item.attachPoints[0]?.text === name)
  if (first?.kind !== 'Probe' || first === second || first.predicate || first.attachPoints.length !== 1) return []
  const { source } = tree
  const inner = source.slice(second.body.span.start + 1, second.body.span.end - 1)
  const at = first.body.span.end - 1
  const own = source.slice(first.body.span.start + 1, at).trimEnd()
  const separator = own === '' || /[;}]$/.test(own) ? '' : ';'
  return [
    {
      title: `Move its statements into the first ${name} probe`,
      edits: [
        {
          span: { start: first.body.span.start + 1 + own.length, end: at },
          newText: `${separator}${inner.trimEnd()}${tail(source, at)}`,
        },
        { span: withGapBefore(tree, wholeStatement(tree, second.span)), newText: '' },
      ],
      safe: false,
    },
  ]
}

/** The space before a closing brace. */
const tail = (source: string, at: number) => /\s*$/.exec(source.slice(Math.max(0, at - 200), at))?.[0] || ' '

/** A probe for each attach point, all with the same body. */
export function oneEach(tree: SyntaxTree, span: Span): readonly Fix[] {
  const probe = itemAround(tree, span.start)
  if (probe?.kind !== 'Probe' || probe.attachPoints.length < 2) return []
  const [first, last] = [probe.attachPoints[0], probe.attachPoints.at(-1)]
  if (!first || !last) return []
  const rest = tree.source.slice(last.span.end, probe.span.end)
  const newText = probe.attachPoints.map((point) => `${textOf(tree, point)}${rest}`).join('\n\n')
  return [{ title: 'Write a probe for each', edits: [{ span: probe.span, newText }], safe: false }]
}

/** What goes at the end of a script goes with the blanks before it. */
function withGapBefore({ source }: SyntaxTree, { start, end }: Span): Span {
  if (source.slice(end).trim() !== '') return { start, end }
  return { start: source.slice(0, start).trimEnd().length, end }
}

/** The field of the tracepoint's format that a numbered argument would be. */
export function argumentField({ tree, kernel, catalog }: Vocabulary, span: Span, name: string): readonly Fix[] {
  const probe = itemAround(tree, span.start)
  const [point, ...more] = probe?.kind === 'Probe' ? probe.attachPoints : []
  const [provider, category, event] = point?.parts ?? []
  if (more.length > 0 || !/^t(?:racepoint)?$/.test(provider?.text ?? '') || !/^arg\d$/.test(name)) return []
  const fields = kernel.tracepoint(category?.text ?? '', event?.text ?? '')?.fields ?? []
  const own = fields.filter((field) => !/^(?:common_\w+|__syscall_nr)$/.test(field.name))
  const field = own[Number(name.slice('arg'.length))]
  if (!field) return []
  const newText = `args${atLeast(catalog.version, '0.24') ? '.' : '->'}${field.name}`
  return [{ title: `Replace with \`${newText}\``, edits: [{ span, newText }], safe: false }]
}
