/** The scratch variables that a place in a program may name, as far as its text tells. */
import type { Span } from '../diagnostic.ts'
import { collectSymbols, declarationOf } from '../symbols.ts'
import { atLeast } from '../version.ts'
import type { Vocabulary } from './words.ts'

/** With `$`, those that are assigned first at last. */
export function variablesInReach({ tree, catalog }: Vocabulary, place: Span): readonly string[] {
  const { all } = collectSymbols(tree, { blockScoped: atLeast(catalog.version, '0.22') })
  return all.flatMap((symbol) => {
    const { name, scope, kind } = symbol
    const isInReach = scope.start <= place.start && place.end <= scope.end
    const declared = declarationOf(symbol)
    const isNamed = kind === 'variable' || kind === 'parameter'
    return isNamed && isInReach && declared && declared.span.start < place.start ? [name] : []
  })
}
