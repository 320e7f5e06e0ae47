/**
 * Entry of the flame graph as an MCP App: the same view as in the editor, fed by nothing but the structured result of the
 * tool that it belongs to. It asks for no network and no further call.
 */
import { packFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { type FlameTree, fromFlameTree } from '../../analyzers/pprof/flame-tree.ts'
import { ProfileApp } from '../flamegraph/app.ts'
import { type FromView, type ToView, viewTexts } from '../protocol.ts'
import type { Host } from '../shared/host.ts'
import { connectToHost, type HostContext } from './host-bridge.ts'
import '../flamegraph/flamegraph.css'
import './mcp-app.css'

const root = document.querySelector<HTMLElement>('#app')
let app: ProfileApp | undefined
let locale = navigator.language
let packed: ArrayBuffer | undefined

/** The extension's place is taken by the page itself: it has the one graph there is. */
const host: Host = {
  send: (message: FromView) => {
    if (message.type === 'graph-wanted' && packed !== undefined) {
      app?.receive({
        type: 'graph',
        query: message.query,
        packed,
        transfer: 0,
        leftOutBelow: 0,
        passed: 1,
        unmatched: [],
      })
    } else if (message.type === 'copy') {
      // A host may forbid it; then nothing is copied, and there is nobody to tell.
      navigator.clipboard?.writeText(message.text).catch(() => undefined)
    }
  },
  listen: (_listener: (message: ToView) => void) => undefined,
  readState: () => undefined,
  writeState: () => undefined,
}

function applyContext(context: HostContext): void {
  if (context.locale !== undefined) locale = context.locale
  const { style } = document.documentElement
  for (const [name, value] of Object.entries(context.styles?.variables ?? {})) {
    if (value !== undefined && name.startsWith('--')) style.setProperty(name, value)
  }
  if (context.theme === undefined) return
  style.colorScheme = context.theme
  document.body.classList.toggle('vscode-dark', context.theme === 'dark')
  document.body.classList.toggle('vscode-light', context.theme === 'light')
}

function show(structured: unknown, text: string): void {
  if (root === null) return
  app ??= new ProfileApp(root, host, locale, viewTexts)
  const tree = treeOf(structured)
  if (tree === undefined) {
    const failure = {
      title: viewTexts.noGraph,
      message: text.slice(0, 500),
      hint: viewTexts.noGraphHint,
      canRetry: false,
      canOpenAsText: false,
    }
    app.receive({ type: 'failed', failure })
    return
  }
  packed = packFlameGraph(fromFlameTree(tree))
  app.receive({
    type: 'profile',
    profile: {
      name: '',
      sampleTypes: [tree.sample_type],
      defaultSampleIndex: 0,
      sampleCount: tree.parent.length,
      durationNanos: 0,
      warnings: [],
      comparison: tree.base === undefined ? null : { before: '', after: '' },
      canFilter: false,
    },
  })
}

/** The result comes from our own server, which has checked it against its schema; another tool's has no graph. */
function treeOf(structured: unknown): FlameTree | undefined {
  if (typeof structured !== 'object' || structured === null || !('graph' in structured)) return undefined
  return structured.graph as FlameTree
}

connectToHost({ onContext: applyContext, onResult: show })
