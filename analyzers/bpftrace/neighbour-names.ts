/** What the files that a program takes in define: macros and functions of imports, C names of headers. */
import { cNames } from './c-names.ts'
import type { Span } from './diagnostic.ts'
import type { Neighbour, ProgramContext } from './program-context.ts'
import type { CDefinition, Macro, Preprocessor, Subprogram } from './syntax/ast.ts'

export interface NeighbourName {
  readonly kind: 'macro' | 'function' | 'type' | 'constant'
  readonly name: string
  readonly span: Span
  readonly definition: Macro | Subprogram | CDefinition | Preprocessor
  readonly from: Neighbour
}

/** Headers are taken in once for a file; their names are kept as long as its tree. */
const known = new WeakMap<Neighbour['tree'], readonly NeighbourName[]>()

export function neighbourNames(context: ProgramContext): readonly NeighbourName[] {
  return context.neighbours?.().flatMap(namesOf) ?? []
}

function namesOf(from: Neighbour): readonly NeighbourName[] {
  const kept = known.get(from.tree)
  if (kept) return kept
  const names = from.tree.program.items.flatMap((item): NeighbourName[] => {
    switch (item.kind) {
      case 'Macro':
      case 'Subprogram': {
        const kind = item.kind === 'Macro' ? 'macro' : 'function'
        return item.name.text ? [{ kind, name: item.name.text, span: item.name.span, definition: item, from }] : []
      }
      case 'CDefinition':
      case 'Preprocessor':
        return cNames(from.tree, item).map(({ kind, name, span }) => ({ kind, name, span, definition: item, from }))
      default:
        return []
    }
  })
  known.set(from.tree, names)
  return names
}
