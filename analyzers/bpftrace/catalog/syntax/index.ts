/** All language constructs, by area. */
import type { SyntaxEntry } from '../entry.ts'
import { cDefinitionsSyntax } from './c-definitions.ts'
import { expressionsSyntax } from './expressions.ts'
import { layoutSyntax } from './layout.ts'
import { literalsSyntax } from './literals.ts'
import { parametersSyntax } from './parameters.ts'
import { printfFormatsSyntax } from './printf-formats.ts'
import { statementsSyntax } from './statements.ts'
import { topLevelSyntax } from './top-level.ts'

export const syntax: readonly SyntaxEntry[] = [
  ...layoutSyntax,
  ...cDefinitionsSyntax,
  ...topLevelSyntax,
  ...statementsSyntax,
  ...expressionsSyntax,
  ...literalsSyntax,
  ...parametersSyntax,
  ...printfFormatsSyntax,
]
