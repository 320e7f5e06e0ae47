/** Every feature of the server: what is in this list is declared to clients and answered. */
import type { Feature } from '../feature.ts'
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './call-hierarchy.ts'
import { codeActions } from './code-actions.ts'
import { codeLens } from './code-lens.ts'
import { completion, completionResolve } from './completion.ts'
import { definition } from './definition.ts'
import { diagnostics } from './diagnostics.ts'
import { documentLinks } from './document-links.ts'
import { documentSymbols } from './document-symbols.ts'
import { folding } from './folding.ts'
import { formatting, onTypeFormatting, rangeFormatting } from './formatting.ts'
import { highlights } from './highlights.ts'
import { hover } from './hover.ts'
import { inlayHints } from './inlay-hints.ts'
import { matchingProbes } from './matching-probes.ts'
import { composition, insertion, templateList, templateRendering, templateValues } from './programs.ts'
import { references } from './references.ts'
import { prepareRename, rename } from './rename.ts'
import { selectionRanges } from './selection-ranges.ts'
import { semanticTokensDelta, semanticTokensFull, semanticTokensRange } from './semantic-tokens.ts'
import { signatureHelp } from './signature-help.ts'
import { workspaceSymbols } from './workspace-symbols.ts'

export const features: readonly Feature[] = [
  diagnostics,
  documentSymbols,
  workspaceSymbols,
  hover,
  completion,
  completionResolve,
  signatureHelp,
  definition,
  references,
  highlights,
  prepareRename,
  rename,
  formatting,
  rangeFormatting,
  onTypeFormatting,
  codeActions,
  codeLens,
  matchingProbes,
  inlayHints,
  semanticTokensFull,
  semanticTokensDelta,
  semanticTokensRange,
  folding,
  selectionRanges,
  documentLinks,
  prepareCallHierarchy,
  incomingCalls,
  outgoingCalls,
  templateList,
  templateRendering,
  templateValues,
  composition,
  insertion,
]
