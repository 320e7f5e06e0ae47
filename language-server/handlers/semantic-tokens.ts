/** Semantic tokens: of the whole document, as a difference to the last answer, and of what is on the screen. */
import {
  type SemanticTokens,
  SemanticTokensBuilder,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver/node'
import {
  type SemanticToken,
  semanticTokens,
  tokenModifiers,
  tokenTypes,
} from '../../analyzers/bpftrace/semantic-tokens.ts'
import { toPosition, toSpan } from '../convert.ts'
import { feature } from '../feature.ts'
import type { Session } from '../session.ts'
import type { Snapshot } from '../snapshot.ts'

export const semanticTokensFull = feature({
  request: SemanticTokensRequest.type,
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  },
  handle(session, { textDocument }): SemanticTokens | null {
    const snapshot = session.snapshot(textDocument.uri)
    return snapshot ? fill(builderOf(session, textDocument.uri), snapshot).build() : null
  },
})

export const semanticTokensDelta = feature({
  request: SemanticTokensDeltaRequest.type,
  handle(session, { textDocument, previousResultId }) {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const builder = builderOf(session, textDocument.uri)
    builder.previousResult(previousResultId)
    return fill(builder, snapshot).buildEdits()
  },
})

export const semanticTokensRange = feature({
  request: SemanticTokensRangeRequest.type,
  handle(session, { textDocument, range }): SemanticTokens | null {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const tokens = semanticTokens(snapshot.context, toSpan(snapshot.document, range))
    return fill(new SemanticTokensBuilder(), snapshot, tokens).build()
  },
})

/** One for each document: it remembers its last answer. */
function builderOf(session: Session, uri: string): SemanticTokensBuilder {
  return session.remembered(uri, 'semantic tokens', () => new SemanticTokensBuilder())
}

function fill(
  builder: SemanticTokensBuilder,
  { context, document }: Snapshot,
  tokens: readonly SemanticToken[] = semanticTokens(context),
): SemanticTokensBuilder {
  for (const { span, type, modifiers } of tokens) {
    const { line, character } = toPosition(document, span.start)
    const bits = modifiers.reduce((set, modifier) => set | (1 << tokenModifiers.indexOf(modifier)), 0)
    builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), bits)
  }
  return builder
}
