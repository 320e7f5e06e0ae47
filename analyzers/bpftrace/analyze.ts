/**
 * The one question that every face asks: what would the compiler of this version say about this program, and what is
 * what in it? Pure and total: any text gets an answer, whatever it looks like.
 */

import { catalogFor } from './catalog/index.ts'
import { surviving, withoutEchoes } from './checker/findings.ts'
import { judge } from './checker/judge.ts'
import type { JudgeMemory } from './checker/memory.ts'
import type { Diagnostic } from './diagnostic.ts'
import { isRule, toDiagnostics } from './diagnostics/render.ts'
import { withoutIgnored } from './ignore-comments.ts'
import type { KernelFacts } from './kernel-facts.ts'
import { withKeywordFixes } from './spelling/keywords.ts'
import type { Node } from './syntax/ast.ts'
import { parse } from './syntax/parse.ts'
import type { SyntaxTree } from './syntax/tree.ts'
import { syntaxDiagnostics } from './syntax/versions.ts'
import type { Type } from './types/type.ts'
import { judgedVersion, type Version } from './version.ts'

export interface AnalyzeOptions {
  /** Target version; one that is not known is judged as the nearest known, with a notice. */
  readonly bpftrace: Version
  readonly kernel: KernelFacts
  /** Whether `--unsafe` is given. */
  readonly unsafe?: boolean
  /** Positional parameters: `$1` is the first. */
  readonly params?: readonly string[]
  /** The text of a file that the program imports or includes; undefined when it cannot be had. */
  readonly readFile?: (path: string) => string | undefined
  /** By code: another severity for what is ours or a warning, or `off`. Errors of the compiler stay. */
  readonly levels?: Readonly<Record<string, 'warning' | 'info' | 'hint' | 'off'>>
  /** Of a document that is judged again and again: what has not changed in it is not judged anew. */
  readonly memory?: JudgeMemory
}

export interface Analysis {
  readonly tree: SyntaxTree
  /** What the program was judged as. */
  readonly version: Version
  /** One sentence where that is not what was asked for. */
  readonly notice: string | undefined
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[]
  /** The resolved type of an expression, where there is one. */
  typeOf(node: Node): Type | undefined
  /** The type of a map's values and of its key, by name with `@`; key `undefined` for a map without one. */
  mapType(name: string): { readonly key: Type | undefined; readonly value: Type } | undefined
}

export function analyze(source: string, options: AnalyzeOptions): Analysis {
  return analyzeTree(parse(source), options)
}

/** The same for a tree that is already there. */
export function analyzeTree(tree: SyntaxTree, options: AnalyzeOptions): Analysis {
  const { version, notice } = judgedVersion(options.bpftrace)
  const syntax = withKeywordFixes(tree, syntaxDiagnostics(tree, version), version)
  const { findings, judgement } = judge(tree, version, options)
  // A compiler that cannot read a program says nothing else about it.
  const kept = syntax.length > 0 ? findings.filter((finding) => isRule(finding)) : withoutEchoes(surviving(findings))
  const words = { tree, catalog: catalogFor(version), kernel: options.kernel }
  const checked = toDiagnostics(kept, words, options.levels ?? {})
  const sorted = [...syntax, ...checked].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  const diagnostics = withoutIgnored(tree, sorted)
  return { tree, version, notice, diagnostics, ...judgement }
}
