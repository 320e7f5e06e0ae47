/** Completion, and the long text of the item that is looked at. */
import {
  CompletionItemKind,
  type CompletionItemLabelDetails,
  CompletionItemTag,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem as ProtocolItem,
  type Range,
} from 'vscode-languageserver/node'
import { complete, triggerCharacters } from '../../analyzers/bpftrace/completion/complete.ts'
import { documentation } from '../../analyzers/bpftrace/completion/documentation.ts'
import type { CompletionItem, Topic } from '../../analyzers/bpftrace/completion/item.ts'
import { toOffset, toRange } from '../convert.ts'
import { feature } from '../feature.ts'
import { neighbours } from '../imports.ts'
import type { Session } from '../session.ts'

const kinds = {
  probe: CompletionItemKind.Event,
  event: CompletionItemKind.Event,
  function: CompletionItemKind.Function,
  builtin: CompletionItemKind.Variable,
  map: CompletionItemKind.Variable,
  variable: CompletionItemKind.Variable,
  field: CompletionItemKind.Field,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.Struct,
  constant: CompletionItemKind.Constant,
  config: CompletionItemKind.Property,
  macro: CompletionItemKind.Function,
  value: CompletionItemKind.Value,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
} as const satisfies Record<CompletionItem['kind'], CompletionItemKind>

/** Commands of VS Code; other editors ignore or lack them, and lose only the follow-up. */
const followUps = {
  completion: { title: '', command: 'editor.action.triggerSuggest' },
  signature: { title: '', command: 'editor.action.triggerParameterHints' },
} as const

interface ItemData {
  readonly uri: string
  readonly topic: Topic
}

export const completion = feature({
  request: CompletionRequest.type,
  capabilities: { completionProvider: { triggerCharacters: [...triggerCharacters], resolveProvider: true } },
  handle(session, { textDocument, position, context }): CompletionList | null {
    const snapshot = session.snapshot(textDocument.uri)
    if (!snapshot) return null
    const { target } = snapshot.basis
    const { place, span, items, incomplete } = complete(snapshot.context, toOffset(snapshot.document, position), {
      templates: session.templates.of(target),
      files: (use, written) => neighbours(textDocument.uri, use, written),
      ...(context?.triggerCharacter && { typed: context.triggerCharacter }),
    })
    const range = toRange(snapshot.document, span)
    if (place === 'top-level') session.templates.want(target, snapshot.document.getText(range))
    return {
      isIncomplete: incomplete || (place === 'top-level' && !session.templates.isComplete(target)),
      items: items.map((item) => toItem(session, textDocument.uri, item, range)),
    }
  },
})

function toItem(session: Session, uri: string, item: CompletionItem, range: Range): ProtocolItem {
  const client = session.client.textDocument?.completion?.completionItem ?? {}
  const snippets = client.snippetSupport
  const newText = item.snippet && !snippets ? plain(item.insert) : item.insert
  return {
    label: item.label,
    kind: item.kind === 'file' && item.label.endsWith('/') ? CompletionItemKind.Folder : kinds[item.kind],
    ...(item.detail && { detail: item.detail }),
    ...(item.detail && client.labelDetailsSupport && { labelDetails: labelDetails(item) }),
    ...(item.chosenBy && client.commitCharactersSupport && { commitCharacters: [...item.chosenBy] }),
    sortText: `${sortable(item.rank)}${item.order === undefined ? '~' : sortable(item.order)}${item.label}`,
    filterText: item.filter ?? item.label,
    textEdit: { range, newText },
    ...(item.snippet && snippets && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(item.deprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(item.next && { command: followUps[item.next] }),
    ...(item.topic && { data: { uri, topic: item.topic } satisfies ItemData }),
  }
}

/** Clients compare texts, not numbers. */
function sortable(place: number): string {
  return place.toString(36).padStart(3, '0')
}

/** Shown beside every row: the parameters of a call, the type of a value; longer texts only for the chosen one. */
function labelDetails({ kind, detail, label }: CompletionItem): CompletionItemLabelDetails {
  if (kind === 'function' || kind === 'macro') {
    const parameters = /^\w+(\(.*\))/.exec(detail)?.[1]?.replace(/: [^,)]*/g, '')
    return parameters ? { detail: parameters } : {}
  }
  return detail === label ? {} : { description: detail }
}

/** Tab stops give way to what they suggest. */
function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+(?::([^}]*)|\|([^,|]*)[^|]*\|)\}|\$\d+/g, (_, value = '', first = '') => value + first)
    .replace(/\\([$}\\])/g, '$1')
}

export const completionResolve = feature({
  request: CompletionResolveRequest.type,
  handle(session, item): ProtocolItem {
    // The client gives back what `toItem` put there.
    const data = item.data as ItemData | undefined
    const snapshot = data && session.snapshot(data.uri)
    const value = snapshot && documentation(snapshot.context, data.topic)
    return value ? { ...item, documentation: { kind: MarkupKind.Markdown, value } } : item
  },
})
