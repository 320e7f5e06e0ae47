/** Names of the script itself: maps, and the variables that can be seen from a place. */

import type { ProgramContext } from '../program-context.ts'
import { declarationOf, type ProgramSymbol } from '../symbols.ts'
import { formatKey, formatType } from '../types/format.ts'
import type { CompletionItem } from './item.ts'
import type { Argument } from './place.ts'

/** `argument` is the call that the cursor is in: what takes a map gets the bare name. */
export function maps(context: ProgramContext, argument: Argument | undefined, offset: number): CompletionItem[] {
  return context.symbols.all
    .filter((symbol) => symbol.kind === 'map' && isNamedElsewhere(symbol, offset))
    .map((symbol) => mapItem(context, symbol, argument))
}

/** What is being typed is no reason to offer it. */
function isNamedElsewhere({ occurrences }: ProgramSymbol, offset: number): boolean {
  return occurrences.some(({ span }) => offset < span.start || span.end < offset)
}

function mapItem(context: ProgramContext, { name }: ProgramSymbol, argument: Argument | undefined): CompletionItem {
  // A list of words must not wait until every type has been worked out anew.
  const { types: facts } = context
  const types = facts.recentMap ? facts.recentMap(name) : facts.map(name)
  const keyed = types?.key !== undefined && types.key.kind !== 'none'
  const detail = types?.value ? `${keyed ? `${formatKey(types.key)} ` : ''}${formatType(types.value)}` : ''
  const whole = argument !== undefined && takesMap(context, argument)
  return {
    label: name,
    kind: 'map',
    detail,
    insert: keyed && !whole ? `${escapeSnippet(name)}[$1]$0` : escapeSnippet(name),
    snippet: true,
    rank: whole ? 0 : 2,
  }
}

/** Whether a map may stand in the argument. */
function takesMap(context: ProgramContext, argument: Argument): boolean {
  return argumentTypes(context, argument).includes('map')
}

/** Whether nothing but a map may stand in the argument. */
export function takesOnlyMap(context: ProgramContext, argument: Argument): boolean {
  const types = argumentTypes(context, argument)
  return types.length > 0 && types.every((type) => type === 'map')
}

function argumentTypes({ catalog }: ProgramContext, { call, index }: Argument): readonly string[] {
  const signatures = catalog.function(call.callee.text)?.signatures ?? []
  return signatures.flatMap(({ params }) => params[index]?.type ?? [])
}

export function variables({ symbols, tree }: ProgramContext, offset: number): CompletionItem[] {
  const seen = symbols.all.filter(
    (symbol) =>
      (symbol.kind === 'variable' || symbol.kind === 'parameter') &&
      symbol.name.startsWith('$') &&
      symbol.scope.start <= offset &&
      offset <= symbol.scope.end &&
      isNamedElsewhere(symbol, offset),
  )
  const names = new Map(seen.map((symbol) => [symbol.name, symbol]))
  const positional = positionalNames(symbols.all).map((name, index) => ({
    label: name,
    kind: 'constant' as const,
    detail: name === '$#' ? 'number of parameters' : `parameter ${name.slice(1)} of the command line`,
    insert: escapeSnippet(name),
    snippet: true,
    rank: 5 + index,
  }))
  const own = [...names.values()].map((symbol) => ({
    label: symbol.name,
    kind: 'variable' as const,
    detail: firstAssignment(tree.source, symbol),
    insert: escapeSnippet(symbol.name),
    snippet: true,
    rank: 1,
  }))
  return [...own, ...positional]
}

/** Those that the script uses and the next one, at least two. */
function positionalNames(all: readonly ProgramSymbol[]): readonly string[] {
  const used = all.flatMap(({ kind, name }) => (kind === 'positional' ? Number(name.slice(1)) || 0 : []))
  const last = Math.min(Math.max(1, ...used), 99)
  return [...Array.from({ length: last + 1 }, (_, index) => `$${index + 1}`), '$#']
}

/** The line that gives the variable its meaning says more than a type that may not be known. */
function firstAssignment(source: string, symbol: ProgramSymbol): string {
  const start = declarationOf(symbol)?.span.start ?? 0
  const lineEnd = source.indexOf('\n', start)
  const text = source.slice(start, lineEnd < 0 ? source.length : lineEnd)
  const assignment = text.split(/[;{}]/)[0]?.trim() ?? ''
  // One that is still being written says nothing.
  return assignment.endsWith('=') ? '' : assignment
}

/** `$` and `}` mean something in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&')
}
