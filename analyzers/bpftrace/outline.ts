/**
 * The outline of a program as a reader sees it: probes with the maps they fill, macros, functions, C types, declared
 * maps and the config block.
 */
import { cFields, cNames } from './c-names.ts'
import type { Span } from './diagnostic.ts'
import type { Config, Node, Probe, TopLevel } from './syntax/ast.ts'
import { type SyntaxTree, textOf } from './syntax/tree.ts'
import { walk } from './syntax/visit.ts'

export type OutlineKind =
  | 'probe'
  | 'map'
  | 'macro'
  | 'function'
  | 'struct'
  | 'field'
  | 'enum'
  | 'enumerator'
  | 'constant'
  | 'config'
  | 'key'
  | 'import'

export interface OutlineItem {
  readonly kind: OutlineKind
  readonly name: string
  /** Shown dimmed beside the name. */
  readonly detail: string
  readonly span: Span
  /** What is selected when the item is chosen; inside `span`. */
  readonly selection: Span
  readonly children: readonly OutlineItem[]
}

export function outline(tree: SyntaxTree): readonly OutlineItem[] {
  return tree.program.items.flatMap((item) => outlineItem(tree, item))
}

function outlineItem(tree: SyntaxTree, node: TopLevel): OutlineItem[] {
  const { span } = node
  switch (node.kind) {
    case 'Probe':
      return [probeItem(tree, node)]
    case 'Macro':
    case 'Subprogram': {
      const detail = `(${node.parameters.map((parameter) => textOf(tree, parameter)).join(', ')})`
      const kind = node.kind === 'Macro' ? 'macro' : 'function'
      return [{ kind, name: node.name.text || '?', detail, span, selection: node.name.span, children: [] }]
    }
    case 'MapDeclaration':
      return [
        { kind: 'map', name: node.map.name, detail: node.type.text, span, selection: node.map.span, children: [] },
      ]
    case 'Config':
      return [configItem(tree, node)]
    case 'Import':
      return [
        { kind: 'import', name: textOf(tree, node.path), detail: '', span, selection: node.path.span, children: [] },
      ]
    case 'CDefinition': {
      const enumerators = cNames(tree, node).filter(({ kind }) => kind === 'constant')
      const children = [
        ...enumerators.map(({ name, span }) => leaf('enumerator', name, span)),
        ...cFields(tree, node).map(({ name, span }) => leaf('field', name, span)),
      ]
      const kind = node.keyword === 'enum' ? 'enum' : 'struct'
      const selection = node.name ? node.nameSpan : span
      return [{ kind, name: node.name || `(${node.keyword})`, detail: node.keyword, span, selection, children }]
    }
    case 'Preprocessor':
      return cNames(tree, node).map((name) => ({ ...leaf('constant', name.name, name.span), span }))
    case 'Error':
      return []
  }
}

function leaf(kind: OutlineKind, name: string, span: Span): OutlineItem {
  return { kind, name, detail: '', span, selection: span, children: [] }
}

function probeItem(tree: SyntaxTree, node: Probe): OutlineItem {
  const names = node.attachPoints.map((point) => textOf(tree, point)).filter(Boolean)
  const first = node.attachPoints[0]
  const last = node.attachPoints.at(-1)
  return {
    kind: 'probe',
    name: names.join(', ') || '(probe)',
    detail: node.predicate ? textOf(tree, node.predicate) : '',
    span: node.span,
    selection: first && last ? { start: first.span.start, end: last.span.end } : node.span,
    children: mapsFilledIn(node),
  }
}

/** Each map that the probe writes, once, at its first write. */
function mapsFilledIn(probe: Probe): OutlineItem[] {
  const items = new Map<string, OutlineItem>()
  walk(probe.body, (node) => {
    const target = writtenMap(node)
    if (target && !items.has(target.name)) items.set(target.name, leaf('map', target.name, target.span))
    return true
  })
  return [...items.values()]
}

function writtenMap(node: Node) {
  const target = node.kind === 'Assignment' ? node.target : node.kind === 'Update' ? node.operand : undefined
  if (target?.kind === 'MapAccess') return target.map
  return target?.kind === 'MapReference' ? target : undefined
}

function configItem(tree: SyntaxTree, node: Config): OutlineItem {
  const children = node.entries.flatMap((entry) =>
    entry.kind === 'ConfigEntry' && entry.key.text
      ? [
          {
            ...leaf('key', entry.key.text, entry.span),
            detail: textOf(tree, entry.value),
            selection: entry.key.span,
          },
        ]
      : [],
  )
  const start = node.span.start
  const selection = { start, end: Math.min(start + 'config'.length, node.span.end) }
  return { kind: 'config', name: 'config', detail: '', span: node.span, selection, children }
}
