/** The C text of a program, put together in the order of the source, and what it defines. */
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Findings } from './findings.ts'
import type { JudgeOptions } from './judge.ts'
import { type CDefinitions, noDefinitions } from './type-table.ts'

export function definitionsOf(
  tree: SyntaxTree,
  _options: JudgeOptions,
  _findings: Findings,
): { readonly definitions: CDefinitions } {
  const hasText = tree.program.items.some((item) => item.kind === 'CDefinition' || item.kind === 'Preprocessor')
  return { definitions: { ...noDefinitions, incomplete: hasText } }
}
