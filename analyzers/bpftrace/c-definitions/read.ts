/**
 * The C text of a script as types and constants. Reads the preprocessor lines and definitions of a tree in their order,
 * with the kernel's facts for names that headers would give.
 */
import type { CEnum, CRecord, CType, KernelFacts } from '../kernel-facts.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { CParser } from './parser.ts'
import { type Problem, preprocess, type ReadInclude } from './preprocessor.ts'
import { Scope } from './scope.ts'
import { cTokens } from './tokens.ts'

export interface CDefinitions {
  /** By `struct name` or `union name`; only those that the script defines. */
  readonly records: ReadonlyMap<string, CRecord>
  readonly typedefs: ReadonlyMap<string, CType>
  readonly enums: ReadonlyMap<string, CEnum>
  readonly enumerators: ReadonlyMap<string, { readonly value: bigint; readonly enumeration: string }>
  /** Object-like macros: their replacement text. */
  readonly macros: ReadonlyMap<string, string>
  /** Names of function-like macros. */
  readonly functionMacros: ReadonlySet<string>
  /** What clang would call an error, first found first. */
  readonly problems: readonly Problem[]
  /** Something could not be read, so more names may exist. */
  readonly incomplete: boolean
}

export function readCDefinitions(tree: SyntaxTree, kernel: KernelFacts, readInclude?: ReadInclude): CDefinitions {
  const items = tree.program.items.filter((item) => item.kind === 'Preprocessor' || item.kind === 'CDefinition')
  const tokens = items.flatMap(({ span }) => cTokens(tree.source.slice(span.start, span.end), span.start))
  const { tokens: counted, macros, functionMacros, problems, incomplete } = preprocess(tokens, readInclude)
  const scope = new Scope(kernel)
  const parser = new CParser(counted, scope, incomplete || kernel.coverage.types === 'none')
  parser.run()
  return {
    // To the compilers a record without fields does not exist.
    records: new Map([...scope.records].filter(([, record]) => record.isDefined && record.fields.length > 0)),
    typedefs: scope.typedefs,
    enums: scope.enums,
    enumerators: scope.enumerators,
    macros,
    functionMacros,
    problems: [...problems, ...parser.problems],
    incomplete,
  }
}
