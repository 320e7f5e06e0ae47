/** Where a name of the script is declared: its symbol, or the field of a C struct that the script defines. */
import type { Span } from './diagnostic.ts'
import type { ProgramContext } from './program-context.ts'
import { declarationOf } from './symbols.ts'
import type { FieldAccess } from './syntax/ast.ts'
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
  const path = pathTo(context.tree.program, offset)
  const access = path.findLast((node) => node.kind === 'FieldAccess')
  const field = access && access.field.span.start <= offset ? fieldDefinition(context, access) : undefined
  return field ? [field] : []
}

function fieldDefinition(context: ProgramContext, access: FieldAccess): Span | undefined {
  const name = recordName(context.types.typeOf(access.object))
  const definition = context.tree.program.items.find(
    (item) => item.kind === 'CDefinition' && `${item.keyword} ${item.name}` === name,
  )
  if (!definition) return undefined
  const text = context.tree.source.slice(definition.span.start, definition.span.end)
  // A declarator ends a field: a comma, a semicolon, an array or a bit width follows.
  const match = new RegExp(`\\b${access.field.text}\\b(?=\\s*(?:[;,:]|\\[|\\)))`).exec(text)
  if (!match || !access.field.text) return undefined
  const start = definition.span.start + match.index
  return { start, end: start + access.field.text.length }
}

function recordName(type: Type | undefined): string | undefined {
  if (type?.kind === 'pointer') return recordName(type.to)
  return type?.kind === 'c' ? type.name : undefined
}
