/**
 * What every language feature of the editor is given: one program, the language of one version, one kernel, and what
 * has been found out about them. Features are functions of this and an offset.
 */
import { type Catalog, type ProbeTypeEntry, standing } from './catalog/index.ts'
import type { KernelFacts } from './kernel-facts.ts'
import type { Symbols } from './symbols.ts'
import type { AttachPoint, Macro, Node, Probe, Subprogram } from './syntax/ast.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { children } from './syntax/visit.ts'
import type { Type } from './types/type.ts'

export interface ProgramContext {
  readonly tree: SyntaxTree
  readonly catalog: Catalog
  readonly kernel: KernelFacts
  readonly symbols: Symbols
  readonly types: TypeFacts
  /** The files that the program imports or includes, as far as they can be read; absent where nobody can look. */
  neighbours?(): readonly Neighbour[]
}

/** Another file whose names count in a program. */
export interface Neighbour {
  readonly uri: string
  readonly tree: SyntaxTree
}

/** What the checker has concluded; undefined is "not known". */
export interface TypeFacts {
  typeOf(expression: Node): Type | undefined
  map(name: string): MapTypes | undefined
  /** What `map` said of the program as it was before the last keys; costs nothing. */
  recentMap?(name: string): MapTypes | undefined
}

export interface MapTypes {
  readonly key: Type | undefined
  readonly value: Type | undefined
}

/** The same with facts of one's own. Copying symbols would collect them; here they wait until somebody asks. */
export function withFacts<Facts extends object>(context: ProgramContext, facts: Facts): ProgramContext & Facts {
  const { tree, catalog, kernel, types } = context
  return {
    tree,
    catalog,
    kernel,
    types,
    get symbols() {
      return context.symbols
    },
    ...facts,
  }
}

export const noTypeFacts: TypeFacts = { typeOf: () => undefined, map: () => undefined }

/** The probe, macro or function around an offset, its closing brace included; also one that was never closed. */
export function itemAround(tree: SyntaxTree, offset: number): Probe | Macro | Subprogram | undefined {
  const { items } = tree.program
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'Probe' && item.kind !== 'Macro' && item.kind !== 'Subprogram') continue
    if (item.span.start > offset) return undefined
    const end = isClosed(tree, item.body) ? item.span.end : (items[index + 1]?.span.start ?? tree.source.length)
    if (offset <= end) return item
  }
  return undefined
}

/** Whether the brace at the end of a node is its own, and not that of an inner block while this one is still open. */
export function isClosed(tree: SyntaxTree, node: Node): boolean {
  if (tree.source[node.span.end - 1] !== '}') return false
  const last = children(node).at(-1)
  return !last || last.lastToken < node.lastToken
}

export function probeTypeOf(catalog: Catalog, point: AttachPoint): ProbeTypeEntry | undefined {
  return catalog.probeType(point.parts[0]?.text ?? '')
}

/** The names of the types of a probe's attach points, as `validIn` lists them. Unknown ones are left out. */
export function probeTypeNames(catalog: Catalog, probe: Probe): readonly string[] {
  const names = probe.attachPoints.flatMap((point) => {
    const entry = probeTypeOf(catalog, point)
    return entry ? [entry.aliasOf ?? entry.name] : []
  })
  return [...new Set(names)]
}

/** Whether an entry with this `validIn` may be used in a probe of all these types; with none known it may. */
export function isValidIn(validIn: readonly string[], probeTypes: readonly string[]): boolean {
  return validIn.includes('*') || probeTypes.every((type) => validIn.includes(type))
}

export function isDeprecated(catalog: Catalog, entry: Parameters<typeof standing>[0]): boolean {
  return standing(entry, catalog.version).kind === 'deprecated'
}
