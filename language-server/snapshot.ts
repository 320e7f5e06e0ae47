/**
 * One version of one document with everything that is computed from it, each part when it is first asked for. A
 * snapshot is made anew for every change and takes over what the change has not touched, so that the one before it can
 * no longer be asked.
 */
import { availableParallelism } from 'node:os'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Analysis } from '../analyzers/bpftrace/analyze.ts'
import { catalogFor } from '../analyzers/bpftrace/catalog/index.ts'
import { JudgeMemory } from '../analyzers/bpftrace/checker/memory.ts'
import type { Diagnostic } from '../analyzers/bpftrace/diagnostic.ts'
import { inspectTree } from '../analyzers/bpftrace/inspect.ts'
import { factsForProcess } from '../analyzers/bpftrace/kernel/process-facts.ts'
import type { ProgramContext } from '../analyzers/bpftrace/program-context.ts'
import { collectSymbols } from '../analyzers/bpftrace/symbols.ts'
import { parse } from '../analyzers/bpftrace/syntax/parse.ts'
import { reparse } from '../analyzers/bpftrace/syntax/reparse.ts'
import type { SyntaxTree } from '../analyzers/bpftrace/syntax/tree.ts'
import { atLeast } from '../analyzers/bpftrace/version.ts'
import { lazy } from '../analyzers/shared/lazy.ts'
import { neighbourFiles, readNeighbour } from './imports.ts'
import type { ServerSettings } from './settings.ts'
import type { Target } from './target.ts'

/** What everything about a document is computed from, beside its text. */
export interface Basis {
  readonly target: Target
  readonly settings: ServerSettings
}

export interface Snapshot {
  readonly document: TextDocument
  readonly version: number
  readonly basis: Basis
  readonly tree: SyntaxTree
  readonly analysis: Analysis
  /** Of the compiler and of our rules, without what comments ignore. */
  readonly diagnostics: readonly Diagnostic[]
  /** What every language feature is given. */
  readonly context: ProgramContext
  /** The last analysis that was made of the document: of this version, or of one before it. */
  readonly recentAnalysis: Analysis | undefined
}

/** What goes from one version of a document to the next. */
export class DocumentMemory {
  readonly judged = new JudgeMemory()
  /** Of the last version that was read: its items become those of the next. */
  tree: SyntaxTree | undefined
  /** For what may be a little out of date. */
  analysis: Analysis | undefined
}

export function createSnapshot(document: TextDocument, basis: Basis, memory = new DocumentMemory()): Snapshot {
  const { target, settings } = basis
  const kernel = factsForProcess(target.kernel, processOf(document) ?? (settings['bpftrace.pid'] || undefined))
  const tree = lazy(() => {
    memory.tree = memory.tree ? reparse(memory.tree, document.getText()) : parse(document.getText())
    return memory.tree
  })
  const inspection = lazy(() =>
    inspectTree(tree(), {
      bpftrace: target.version,
      kernel,
      unsafe: settings['bpftrace.unsafe'] || isRunUnsafe(document),
      levels: settings['diagnostics.levels'],
      readFile: readNeighbour(document.uri),
      memory: memory.judged,
      ...(target.kernel.source.kind === 'live' ? { cpus: availableParallelism() } : {}),
    }),
  )
  const analysis = () => {
    memory.analysis = inspection().analysis
    return memory.analysis
  }
  const neighbours = lazy(() => neighbourFiles(document.uri, tree()))
  const context = lazy(
    (): ProgramContext => ({
      tree: tree(),
      catalog: catalogFor(target.version),
      kernel,
      neighbours: () => neighbours(),
      symbols: collectSymbols(tree(), { blockScoped: atLeast(target.version, '0.22') }),
      types: {
        typeOf: (node) => analysis().typeOf(node),
        map: (name) => analysis().mapType(name),
        recentMap: (name) => memory.analysis?.mapType(name),
      },
    }),
  )
  return {
    document,
    version: document.version,
    basis,
    get tree() {
      return tree()
    },
    get diagnostics() {
      memory.analysis = inspection().analysis
      return inspection().diagnostics
    },
    get recentAnalysis() {
      return memory.analysis
    },
    get analysis() {
      return analysis()
    },
    get context() {
      return context()
    },
  }
}

/** `#!/usr/bin/env -S bpftrace --unsafe` */
function isRunUnsafe(document: TextDocument): boolean {
  return /\s--unsafe\b/.test(hashbang(document))
}

/** `#!/usr/bin/env -S bpftrace -p 1234` */
function processOf(document: TextDocument): number | undefined {
  const pid = /\s-p\s*(?<pid>[1-9]\d{0,6})\b/.exec(hashbang(document))?.groups?.pid
  return pid === undefined ? undefined : Number(pid)
}

function hashbang(document: TextDocument): string {
  const [firstLine = ''] = document
    .getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } })
    .split('\n')
  return firstLine.startsWith('#!') ? firstLine : ''
}
