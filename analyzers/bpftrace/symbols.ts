/**
 * Who is who in a program: every map, scratch variable, parameter, macro, function, C type and constant that the script
 * itself names, with all places that mean the same thing. Editors build outline, highlights, references and rename on
 * it. It works on any tree, however broken, and knows nothing of types.
 */

import { lazy } from '../shared/lazy.ts'
import { partitionPoint } from '../shared/partition-point.ts'
import { cNames, cUses } from './c-names.ts'
import type { Span } from './diagnostic.ts'
import { type Mention, mentionOf, mentionsIn, type Occurrence } from './mentions.ts'
import type { MacroParameter, Node } from './syntax/ast.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { children } from './syntax/visit.ts'

export type SymbolKind = 'map' | 'variable' | 'parameter' | 'positional' | 'macro' | 'function' | 'type' | 'constant'

export interface ProgramSymbol {
  readonly kind: SymbolKind
  /** As written, with `$` or `@`. */
  readonly name: string
  /** Where the name means this symbol. */
  readonly scope: Span
  /** In source order. */
  readonly occurrences: readonly Occurrence[]
  /** The whole construct that declares it, where that is more than the name: a macro, a C definition. */
  readonly definition: Node | null
}

export interface Symbols {
  /** In the order of their first occurrence. */
  readonly all: readonly ProgramSymbol[]
  /** The symbol whose name touches `offset`. */
  at(offset: number): { readonly symbol: ProgramSymbol; readonly occurrence: Occurrence } | undefined
}

export interface SymbolOptions {
  /** Since 0.22 a variable lives in its block, before in its probe. */
  readonly blockScoped: boolean
}

/** First occurrence that declares or writes the symbol, else the first at all. */
export function declarationOf(symbol: ProgramSymbol): Occurrence | undefined {
  return (
    symbol.occurrences.find(({ access }) => access === 'declaration') ??
    symbol.occurrences.find(({ access }) => access === 'write') ??
    symbol.occurrences[0]
  )
}

interface MutableSymbol extends ProgramSymbol {
  readonly occurrences: Occurrence[]
}

interface Scope {
  readonly span: Span
  readonly names: Map<string, MutableSymbol>
}

const collected = new WeakMap<SyntaxTree, Map<boolean, Symbols>>()

/** Worked out once for each tree, however many ask. */
export function collectSymbols(tree: SyntaxTree, options: SymbolOptions): Symbols {
  const known = collected.get(tree) ?? new Map<boolean, Symbols>()
  collected.set(tree, known)
  const symbols = known.get(options.blockScoped) ?? symbolsOf(tree, options)
  known.set(options.blockScoped, symbols)
  return symbols
}

function symbolsOf(tree: SyntaxTree, options: SymbolOptions): Symbols {
  const all: MutableSymbol[] = []
  const root: Scope = { span: tree.program.span, names: new Map() }
  const declare = (kind: SymbolKind, name: string, scope: Scope, definition: Node | null = null): MutableSymbol => {
    const symbol = { kind, name, scope: scope.span, occurrences: [], definition }
    scope.names.set(key(kind, name), symbol)
    all.push(symbol)
    return symbol
  }

  // A macro may be used above its definition, so what the top level names is known before the walk.
  declareTopLevel(tree, (kind, name, definition) => {
    if (!root.names.has(key(kind, name))) declare(kind, name, root, definition)
  })

  const scopes: Scope[] = [root]
  const find = (name: string): MutableSymbol | undefined => {
    for (let i = scopes.length - 1; i >= 0; i--) {
      const found = scopes[i]?.names.get(name)
      if (found) return found
    }
    return undefined
  }
  const innermost = (): Scope => scopes.at(-1) ?? root
  const open = ({ span }: Node) => scopes.push({ span, names: new Map() })

  const meet = ({ node, occurrence }: Mention) => {
    while (scopes.length > 1 && node.span.start >= innermost().span.end) scopes.pop()
    switch (node.kind) {
      case 'Probe':
      case 'For':
        open(node)
        break
      case 'Block':
        if (options.blockScoped) open(node)
        break
      case 'Macro':
        root.names.get(node.name.text)?.occurrences.push(occurrence)
        open(node)
        for (const parameter of node.parameters) {
          const name = parameterName(parameter)
          if (name) declare('parameter', name, innermost())
        }
        break
      case 'Subprogram':
        root.names.get(node.name.text)?.occurrences.push(occurrence)
        open(node)
        for (const { variable } of node.parameters) declare('parameter', variable.name, innermost())
        break
      case 'Variable': {
        const known = occurrence.access === 'declaration' ? ownOrNew(node.name) : find(node.name)
        const symbol = known ?? declare('variable', node.name, innermost())
        symbol.occurrences.push(occurrence)
        break
      }
      case 'MapReference': {
        const symbol = find(node.name) ?? declare('map', node.name, root)
        symbol.occurrences.push(occurrence)
        break
      }
      case 'PositionalParameter': {
        const name = `$${node.index}`
        const symbol = root.names.get(name) ?? declare('positional', name, root)
        symbol.occurrences.push(occurrence)
        break
      }
      case 'Identifier':
        find(node.name)?.occurrences.push(occurrence)
        break
      case 'Call':
        root.names.get(node.callee.text)?.occurrences.push(occurrence)
        break
      case 'NamedType': {
        const span = { start: node.span.end - node.name.length, end: node.span.end }
        root.names.get(key('type', node.name))?.occurrences.push({ span, access: 'read' })
        break
      }
      case 'CDefinition':
      case 'Preprocessor':
        for (const { name, kind, span } of cNames(tree, node)) {
          root.names.get(key(kind, name))?.occurrences.push({ span, access: 'declaration' })
        }
        for (const { name, kind, span } of cUses(tree, node)) {
          root.names.get(key(kind, name))?.occurrences.push({ span, access: 'read' })
        }
        break
    }
  }
  const meetAll = (piece: Node) => {
    for (const mention of mentionsIn(piece)) meet(mention)
  }
  for (const item of tree.program.items) {
    if (item.kind !== 'Probe') {
      meetAll(item)
      continue
    }
    meet(mentionOf(item))
    if (item.predicate) meetAll(item.predicate)
    meet(mentionOf(item.body))
    for (const part of children(item.body)) meetAll(part)
  }

  /** `let` in a scope that has the name already declares that one again; in an inner scope it is a new variable. */
  function ownOrNew(name: string): MutableSymbol | undefined {
    return innermost().names.get(name)
  }

  const at = lazy(() => finder(all))
  return { all, at: (offset) => at()(offset) }
}

/** C types have a name space of their own: a map or macro may be called like one. */
function key(kind: SymbolKind, name: string): string {
  return kind === 'type' ? `struct ${name}` : name
}

function declareTopLevel(tree: SyntaxTree, declare: (kind: SymbolKind, name: string, definition: Node) => void): void {
  for (const item of tree.program.items) {
    if (item.kind === 'Macro' && item.name.text) declare('macro', item.name.text, item)
    if (item.kind === 'Subprogram' && item.name.text) declare('function', item.name.text, item)
    if (item.kind === 'CDefinition' || item.kind === 'Preprocessor') {
      for (const { name, kind } of cNames(tree, item)) declare(kind, name, item)
    }
  }
}

function parameterName(parameter: MacroParameter): string | undefined {
  return parameter.kind === 'Missing' ? undefined : parameter.name
}

function finder(all: readonly ProgramSymbol[]): Symbols['at'] {
  const places = all
    .flatMap((symbol) => symbol.occurrences.map((occurrence) => ({ symbol, occurrence })))
    .sort((a, b) => a.occurrence.span.start - b.occurrence.span.start)
  return (offset) => {
    const behind = partitionPoint(places.length, (index) => (places[index]?.occurrence.span.start ?? 0) <= offset)
    // The one that starts at or before the offset; where two touch, the one that starts there.
    const place = places[behind - 1]
    return place && offset <= place.occurrence.span.end ? place : undefined
  }
}
