/**
 * One version of one document with everything that is computed from it, each part when it is first asked for. A
 * snapshot is made anew for every change; scripts are small enough to be parsed whole.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { catalogFor } from '../analyzers/bpftrace/catalog/index.ts'
import type { Diagnostic } from '../analyzers/bpftrace/diagnostic.ts'
import { noTypeFacts, type ProgramContext } from '../analyzers/bpftrace/program-context.ts'
import { collectSymbols } from '../analyzers/bpftrace/symbols.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import type { SyntaxTree } from '../analyzers/bpftrace/syntax/tree.ts'
import { syntaxDiagnostics } from '../analyzers/bpftrace/syntax/versions.ts'
import { atLeast } from '../analyzers/bpftrace/version.ts'
import type { Target } from './target.ts'

export interface Snapshot {
  readonly document: TextDocument
  readonly version: number
  readonly target: Target
  readonly tree: SyntaxTree
  /** What every language feature is given. */
  readonly context: ProgramContext
  readonly diagnostics: readonly Diagnostic[]
}

export function createSnapshot(document: TextDocument, target: Target): Snapshot {
  const tree = lazy(() => parse(document.getText()))
  const context = lazy(
    (): ProgramContext => ({
      tree: tree(),
      catalog: catalogFor(target.version),
      kernel: target.kernel,
      symbols: collectSymbols(tree(), { blockScoped: atLeast(target.version, '0.22') }),
      types: noTypeFacts,
    }),
  )
  const diagnostics = lazy(() => syntaxDiagnostics(tree(), target.version))
  return {
    document,
    version: document.version,
    target,
    get tree() {
      return tree()
    },
    get context() {
      return context()
    },
    get diagnostics() {
      return diagnostics()
    },
  }
}

function lazy<T>(compute: () => T): () => T {
  let result: { value: T } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}
