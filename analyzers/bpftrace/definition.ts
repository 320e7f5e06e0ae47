/** Where a name of the script is declared: its symbol, or the field of a C struct that the script defines. */
import type { Span } from './diagnostic.ts'
import { neighbourNames } from './neighbour-names.ts'
import type { Neighbour, ProgramContext } from './program-context.ts'
import { declarationOf } from './symbols.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { pathTo } from './syntax/visit.ts'
import type { Type } from './types/type.ts'

/** More than one for a macro with overloads. */
export function definitionAt(context: ProgramContext, offset: number): readonly Span[] {
  const found = context.symbols.at(offset)
  if (found) {
    const declared = found.symbol.occurrences.filter(({ access }) => access === 'declaration')
    const first = declarationOf(found.symbol)
    return declared.length > 0 ? declared.map(({ span }) => span) : first ? [first.span] : []
  }
  const field = fieldAt(context, offset)
  const span = field && fieldIn(context.tree, field)
  return span ? [span] : []
}

export interface Elsewhere {
  readonly from: Neighbour
  readonly span: Span
}

/** The same in the files that the program takes in. */
export function definitionElsewhere(context: ProgramContext, offset: number): readonly Elsewhere[] {
  const node = pathTo(context.tree.program, offset).at(-1)
  const isType = node?.kind === 'NamedType'
  const name = node?.kind === 'Name' ? node.text : isType || node?.kind === 'Identifier' ? node.name : undefined
  const field = fieldAt(context, offset)
  if (field) {
    return (context.neighbours?.() ?? []).flatMap((from) => {
      const span = fieldIn(from.tree, field)
      return span ? [{ from, span }] : []
    })
  }
  return neighbourNames(context).filter((known) => known.name === name && (known.kind === 'type') === isType)
}

interface Field {
  readonly record: string
  readonly name: string
}

function fieldAt(context: ProgramContext, offset: number): Field | undefined {
  const access = pathTo(context.tree.program, offset).findLast((node) => node.kind === 'FieldAccess')
  if (!access || access.field.span.start > offset || !access.field.text) return undefined
  const { object } = access
  const record = recordName(context.types.typeOf(object.kind === 'Parenthesized' ? object.expression : object))
  return record === undefined ? undefined : { record, name: access.field.text }
}

function fieldIn(tree: SyntaxTree, { record, name }: Field): Span | undefined {
  const definition = tree.program.items.find(
    (item) => item.kind === 'CDefinition' && `${item.keyword} ${item.name}` === record,
  )
  if (!definition) return undefined
  const text = tree.source.slice(definition.span.start, definition.span.end)
  // A declarator ends a field: a comma, a semicolon, an array or a bit width follows.
  const match = new RegExp(`\\b${name}\\b(?=\\s*(?:[;,:]|\\[|\\)))`).exec(text)
  if (!match) return undefined
  const start = definition.span.start + match.index
  return { start, end: start + name.length }
}

function recordName(type: Type | undefined): string | undefined {
  if (type?.kind === 'pointer') return recordName(type.to)
  return type?.kind === 'c' ? type.name : undefined
}
