/** Who calls a macro or function of the script, and what it calls. */
import {
  CallHierarchyIncomingCallsRequest,
  type CallHierarchyItem,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
} from 'vscode-languageserver/node'
import {
  type Caller,
  callableAt,
  callerAt,
  outgoingCalls as callsFrom,
  incomingCalls as callsTo,
} from '../../analyzers/bpftrace/call-hierarchy.ts'
import { toOffset, toRange } from '../convert.ts'
import { feature } from '../feature.ts'
import type { Session } from '../session.ts'
import type { Snapshot } from '../snapshot.ts'
import { symbolKinds } from './document-symbols.ts'

export const prepareCallHierarchy = feature({
  request: CallHierarchyPrepareRequest.type,
  capabilities: { callHierarchyProvider: true },
  handle(session, { textDocument, position }) {
    const snapshot = session.snapshot(textDocument.uri)
    const callable = snapshot && callableAt(snapshot.context, toOffset(snapshot.document, position))
    return callable ? [toItem(snapshot, callable)] : null
  },
})

export const incomingCalls = feature({
  request: CallHierarchyIncomingCallsRequest.type,
  handle(session, { item }) {
    const found = resolve(session, item)
    if (!found) return null
    const { snapshot, caller } = found
    return callsTo(snapshot.context, caller).map((edge) => ({
      from: toItem(snapshot, edge.item),
      fromRanges: edge.places.map((span) => toRange(snapshot.document, span)),
    }))
  },
})

export const outgoingCalls = feature({
  request: CallHierarchyOutgoingCallsRequest.type,
  handle(session, { item }) {
    const found = resolve(session, item)
    if (!found) return null
    const { snapshot, caller } = found
    return callsFrom(snapshot.context, caller).map((edge) => ({
      to: toItem(snapshot, edge.item),
      fromRanges: edge.places.map((span) => toRange(snapshot.document, span)),
    }))
  },
})

/** An item comes back as it was sent: its range says which one it is. */
function resolve(session: Session, item: CallHierarchyItem): { snapshot: Snapshot; caller: Caller } | undefined {
  const snapshot = session.snapshot(item.uri)
  const caller = snapshot && callerAt(snapshot.context, toOffset(snapshot.document, item.range.start))
  return caller && { snapshot, caller }
}

function toItem({ document, tree }: Snapshot, caller: Caller): CallHierarchyItem {
  const head = caller.kind === 'Probe' ? (caller.attachPoints[0] ?? caller) : caller.name
  const kind = caller.kind === 'Probe' ? 'probe' : caller.kind === 'Macro' ? 'macro' : 'function'
  return {
    name: tree.source.slice(head.span.start, head.span.end) || kind,
    kind: symbolKinds[kind],
    uri: document.uri,
    range: toRange(document, caller.span),
    selectionRange: toRange(document, head.span),
  }
}
