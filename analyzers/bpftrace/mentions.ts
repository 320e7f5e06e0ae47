/**
 * Which nodes of a program name something or open a scope for names, and what happens to what they name. What a name
 * means is for `symbols.ts`; here is only what can be told of a piece of program by itself, which is kept with it: an
 * edited program has most of its pieces from the one before.
 */
import type { Span } from './diagnostic.ts'
import type { Node } from './syntax/ast.ts'
import { walk } from './syntax/visit.ts'

export type Access = 'declaration' | 'write' | 'readwrite' | 'read'

export interface Occurrence {
  readonly span: Span
  readonly access: Access
}

export interface Mention {
  readonly node: Node
  /** Of the name itself. */
  readonly occurrence: Occurrence
}

const kept = new WeakMap<Node, readonly Mention[]>()

/** In source order, scopes before what is in them. */
export function mentionsIn(piece: Node): readonly Mention[] {
  const found = kept.get(piece) ?? collect(piece)
  kept.set(piece, found)
  return found
}

export const mentionOf = (node: Node, access: Access = 'read'): Mention => ({
  node,
  occurrence: { span: spanOfName(node), access },
})

function spanOfName(node: Node): Span {
  if (node.kind === 'Call') return node.callee.span
  return node.kind === 'Macro' || node.kind === 'Subprogram' ? node.name.span : node.span
}

function collect(piece: Node): readonly Mention[] {
  const accesses = new Map<Node, Access>()
  const found: Mention[] = []
  walk(piece, (node) => {
    noteAccesses(node, accesses)
    switch (node.kind) {
      case 'Variable':
      case 'MapReference':
      case 'Identifier':
        found.push(mentionOf(node, accesses.get(node)))
        break
      case 'Macro':
      case 'Subprogram':
        found.push(mentionOf(node, 'declaration'))
        break
      case 'PositionalParameter':
      case 'Call':
      case 'NamedType':
      case 'For':
      case 'Block':
      case 'CDefinition':
      case 'Preprocessor':
        found.push(mentionOf(node))
        break
    }
  })
  return found
}

/** Functions that change the map they are given. */
const mapWriters = new Set(['clear', 'zero', 'delete'])

/** What a node does to the names directly inside it. */
function noteAccesses(node: Node, accesses: Map<Node, Access>): void {
  const note = (target: Node | undefined, access: Access) => {
    if (target?.kind === 'MapAccess') accesses.set(target.map, access)
    else if (target) accesses.set(target, access)
  }
  switch (node.kind) {
    case 'Assignment':
      note(node.target, node.operator === '=' ? 'write' : 'readwrite')
      break
    case 'Update':
      note(node.operand, 'readwrite')
      break
    case 'VariableDeclaration':
    case 'For':
      note(node.variable, 'declaration')
      break
    case 'MapDeclaration':
      note(node.map, 'declaration')
      break
    case 'Macro':
      for (const parameter of node.parameters) note(parameter, 'declaration')
      break
    case 'Subprogram':
      for (const { variable } of node.parameters) note(variable, 'declaration')
      break
    case 'Call':
      if (mapWriters.has(node.callee.text)) note(node.arguments[0], 'write')
      break
  }
}
