/**
 * All that the editor and the tools compute about a program, one after the other, as `check`, `fix`, `format`, `explain`
 * and the language features do. It returns nothing: the question is whether it ends, soon and without an exception.
 */
import { codeActions } from '../../analyzers/bpftrace/code-actions.ts'
import { complete } from '../../analyzers/bpftrace/completion/complete.ts'
import { definitionAt } from '../../analyzers/bpftrace/definition.ts'
import { documentLinks } from '../../analyzers/bpftrace/document-links.ts'
import { explain } from '../../analyzers/bpftrace/explain.ts'
import { fixAll } from '../../analyzers/bpftrace/fix-all.ts'
import { folds } from '../../analyzers/bpftrace/folding.ts'
import { format } from '../../analyzers/bpftrace/format.ts'
import { hover } from '../../analyzers/bpftrace/hover.ts'
import { inlayHints } from '../../analyzers/bpftrace/inlay-hints.ts'
import { inspect } from '../../analyzers/bpftrace/inspect.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { withMigration } from '../../analyzers/bpftrace/migrate/offer-migration.ts'
import { outline } from '../../analyzers/bpftrace/outline.ts'
import { placeDiagnostic, placerFor } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import { requirementsOf } from '../../analyzers/bpftrace/requirements.ts'
import { selectionSpans } from '../../analyzers/bpftrace/selection.ts'
import { semanticTokens } from '../../analyzers/bpftrace/semantic-tokens.ts'
import { signatureHelp } from '../../analyzers/bpftrace/signature-help.ts'
import type { Version } from '../../analyzers/bpftrace/version.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'

export interface Judged {
  readonly bpftrace: Version
  readonly kernel: KernelFacts
  readonly unsafe: boolean
}

/** What a keystroke costs: the compiler's judgement, rules and cost, each finding with its fixes and places. */
export function check(program: string, judged: Judged): void {
  const { diagnostics } = inspect(program, judged)
  const place = placerFor(program)
  for (const diagnostic of diagnostics) placeDiagnostic(diagnostic, place)
}

/** What is computed when somebody asks, about the program and about one place in it. */
export function ask(program: string, judged: Judged, offset: number): void {
  const { analysis, context, assessment, diagnostics } = inspect(program, judged)
  codeActions(program, withMigration(program, diagnostics, judged), { start: 0, end: program.length })
  explain(context, assessment.estimate)
  requirementsOf(analysis.tree, analysis.version)
  semanticTokens(context)
  outline(analysis.tree)
  folds(analysis.tree)
  documentLinks(analysis.tree)
  inlayHints(context, { start: 0, end: program.length }, { types: true, parameterNames: true })
  complete(context, offset)
  hover(context, offset)
  signatureHelp(context, offset)
  definitionAt(context, offset)
  selectionSpans(analysis.tree, offset)
}

export function rewrite(program: string, judged: Judged): void {
  fixAll(program, { ...judged, guesses: true })
  try {
    format(program)
  } catch (error) {
    // It lays out only what can be read.
    if (!(error instanceof UserError)) throw error
  }
}
