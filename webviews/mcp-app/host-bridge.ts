/**
 * The line between an MCP App and the host that shows it: JSON-RPC over `postMessage`, as the MCP Apps extension of
 * 2026-01-26 defines it. Only what this view needs; it knows nothing of flame graphs.
 */

export const APP_PROTOCOL = '2026-01-26'

/** The parts of the host's context that the view uses. */
export interface HostContext {
  readonly theme?: 'light' | 'dark'
  readonly locale?: string
  readonly styles?: { readonly variables?: Readonly<Record<string, string | undefined>> }
}

export interface BridgeListener {
  onContext(context: HostContext): void
  /** The structured content of the tool's result; undefined when it has none. */
  onResult(structured: unknown, text: string): void
}

interface Message {
  readonly jsonrpc?: unknown
  readonly id?: unknown
  readonly method?: unknown
  readonly params?: unknown
  readonly result?: unknown
}

const INITIALIZE = 1

export function connectToHost(listener: BridgeListener): void {
  const send = (message: Readonly<Record<string, unknown>>) =>
    window.parent.postMessage({ jsonrpc: '2.0', ...message }, '*')
  window.addEventListener('message', ({ data, source }: MessageEvent<Message | null>) => {
    if (source !== window.parent || data === null || typeof data !== 'object' || data.jsonrpc !== '2.0') return
    if (data.id === INITIALIZE && data.method === undefined) {
      listener.onContext(fieldsOf(fieldsOf(data.result).hostContext))
      send({ method: 'ui/notifications/initialized', params: {} })
      return
    }
    switch (data.method) {
      case 'ui/notifications/tool-result':
        listener.onResult(fieldsOf(data.params).structuredContent, textOf(fieldsOf(data.params).content))
        return
      case 'ui/notifications/host-context-changed':
        listener.onContext(fieldsOf(data.params))
        return
      case 'ping':
      case 'ui/resource-teardown':
        send({ id: data.id, result: {} })
    }
  })
  send({
    id: INITIALIZE,
    method: 'ui/initialize',
    params: {
      protocolVersion: APP_PROTOCOL,
      appInfo: { name: 'tracewright-flame-graph', version: '1' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
    },
  })
  // The graph scrolls within itself, so its height is its own choice.
  const height = Math.round(document.documentElement.getBoundingClientRect().height)
  send({ method: 'ui/notifications/size-changed', params: { height } })
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

/** The text blocks of a result. */
function textOf(content: unknown): string {
  const blocks = Array.isArray(content) ? content.map(fieldsOf) : []
  return blocks.flatMap(({ text }) => (typeof text === 'string' ? [text] : [])).join('\n')
}
