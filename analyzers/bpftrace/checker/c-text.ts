/** The C text of a program, and what clang would find wrong with it. */
import { type CDefinitions, readCDefinitions } from '../c-definitions/read.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Findings } from './findings.ts'
import { stages } from './stages.ts'
import { noDefinitions } from './type-table.ts'

export interface CTextOptions {
  readonly kernel: KernelFacts
  readonly readFile?: (path: string) => string | undefined
}

export function definitionsOf(tree: SyntaxTree, options: CTextOptions, findings: Findings): CDefinitions {
  const hasText = tree.program.items.some((item) => item.kind === 'CDefinition' || item.kind === 'Preprocessor')
  if (!hasText) return noDefinitions
  const definitions = readCDefinitions(tree, options.kernel, options.readFile)
  findings.stage = stages.cDefinitions
  for (const { span, message } of definitions.problems) findings.report('c-definition', span, { problem: message })
  return definitions
}
