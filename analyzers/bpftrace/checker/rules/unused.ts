/** Variables and macros that nothing uses. Hints of ours; no compiler says so. */
import { collectSymbols, declarationOf } from '../../symbols.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { atLeast } from '../../version.ts'
import type { Environment } from '../environment.ts'

export function findUnused(tree: SyntaxTree, environment: Environment): void {
  const blockScoped = atLeast(environment.version, '0.22')
  const { findings } = environment
  for (const symbol of collectSymbols(tree, { blockScoped }).all) {
    if (symbol.kind !== 'variable' && symbol.kind !== 'macro') continue
    const used = symbol.occurrences.some(({ access }) => access === 'read' || access === 'readwrite')
    const declaration = used ? undefined : declarationOf(symbol)
    // By custom a name that starts with an underscore is kept on purpose.
    if (!declaration || symbol.name.startsWith('$_')) continue
    findings.report(symbol.kind === 'variable' ? 'unused-variable' : 'unused-macro', declaration.span, {
      name: symbol.name,
    })
  }
}
