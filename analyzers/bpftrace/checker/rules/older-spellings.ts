/** Spellings that the target version still takes and that have a newer form. */
import type { Span } from '../../diagnostic.ts'
import type { Node } from '../../syntax/ast.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { walk } from '../../syntax/visit.ts'
import { atLeast } from '../../version.ts'
import type { Environment } from '../environment.ts'

const probeTypes: ReadonlyMap<string, { readonly current: string; readonly since: string }> = new Map([
  ['kfunc', { current: 'fentry', since: '0.20' }],
  ['kretfunc', { current: 'fexit', since: '0.20' }],
])

export function findOlderSpellings(tree: SyntaxTree, environment: Environment): void {
  const { findings, version } = environment
  walk(tree.program, (node: Node) => {
    if (node.kind === 'AttachPoint') {
      const [provider] = node.parts
      const newer = provider && probeTypes.get(provider.text)
      if (!newer || !atLeast(version, newer.since)) return
      findings.report('older-spelling', provider.span, { old: provider.text, current: newer.current, ...provider.span })
    } else if (node.kind === 'FieldAccess' && node.operator === '->' && atLeast(version, '0.19')) {
      const { object, field } = node
      if (object.kind !== 'Identifier' || object.name !== 'args') return
      const span = { start: object.span.end, end: field.span.start }
      findings.report('older-spelling', node.span, { old: '->', current: '.', ...span })
    } else if (node.kind === 'Call' && node.callee.text === 'delete' && atLeast(version, '0.22')) {
      const [access] = node.arguments
      if (node.arguments.length !== 1 || access?.kind !== 'MapAccess') return
      const textOf = ({ start, end }: Span) => tree.source.slice(start, end)
      const keys = access.keys.map(({ span }) => textOf(span)).join(', ')
      const key = access.keys.length > 1 ? `(${keys})` : keys
      const current = `delete(${textOf(access.map.span)}, ${key})`
      findings.report('older-spelling', node.span, { old: textOf(node.span), current, ...node.span })
    }
  })
}
