/**
 * Judges a tree for one version: which of the findings its compiler would report too. Compilers stop at the first
 * syntax error; the generated parsers before 0.26 find the one that stands first in the text, the parser since then the
 * one that it comes across first.
 */

import type { Diagnostic } from '../diagnostic.ts'
import { atLeast, type Version } from '../version.ts'
import { type Construct, constructs } from './constructs.ts'
import { toDiagnostic } from './parse.ts'
import type { SyntaxFinding, SyntaxTree } from './tree.ts'

const REWRITTEN = '0.26'

/** Every syntax error of `version`, the one its compiler reports first. */
export function syntaxDiagnostics(tree: SyntaxTree, version: Version): readonly Diagnostic[] {
  const found = tree.findings.filter((finding) => concerns(finding, version))
  if (!atLeast(version, REWRITTEN)) found.sort((a, b) => a.span.start - b.span.start)
  return found.map((finding) => toDiagnostic(finding.construct ? withVersion(finding, version, tree) : finding, tree))
}

function concerns({ construct }: SyntaxFinding, version: Version): boolean {
  if (construct === undefined) return true
  const { since, removedIn, returnedIn }: Construct = constructs[construct]
  if (since !== undefined && !atLeast(version, since)) return true
  if (removedIn === undefined || !atLeast(version, removedIn)) return false
  return returnedIn === undefined || !atLeast(version, returnedIn)
}

function withVersion(finding: SyntaxFinding, version: Version, { source }: SyntaxTree): SyntaxFinding {
  if (finding.construct === undefined) return finding
  // No version means anything by it.
  if (finding.construct === 'attach_point_text' && source[finding.span.start] === '}') {
    return { ...finding, message: 'unexpected `}`' }
  }
  const { since, title }: Construct = constructs[finding.construct]
  if (since === undefined || atLeast(version, since) || finding.message !== title) return finding
  return { ...finding, message: `${title} needs bpftrace ${since}` }
}
