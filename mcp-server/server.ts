/**
 * The registry as an MCP server: `tools/list` and `tools/call` on the SDK's plain `Server`. Every rule about tools lives
 * in `tools/`; here are only the protocol's shapes. It writes nothing to stdout and knows no transport.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  type Tool as ProtocolTool,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { UserError } from '../analyzers/shared/user-error.ts'
import { annotationsOf, canOnlyRead } from '../tools/annotations.ts'
import { callTool } from '../tools/call-tool.ts'
import type { ToolContext } from '../tools/context.ts'
import { listedInput, listedOutput } from '../tools/listed-schema.ts'
import { displayName, findTool, suggestTools, type ToolNameStyle, tools } from '../tools/registry.ts'
import type { Approve, Tool } from '../tools/tool.ts'
import { toToolError } from '../tools/tool-error.ts'
import { instructions } from './instructions.ts'
import { type ProgressNotification, progressReporter } from './progress.ts'
import { listViews, readView, VIEW_MIME_TYPE, viewUri } from './views.ts'

export interface ServerOptions {
  readonly context: ToolContext
  readonly version: string
  readonly nameStyle: ToolNameStyle
  /** Only these toolsets; all when undefined. */
  readonly toolsets?: readonly string[] | undefined
  /** Offer only tools that change nothing. */
  readonly readOnly: boolean
}

const APPROVAL_TIMEOUT_MS = 10 * 60_000

export function createServer(options: ServerOptions): Server {
  const server = new Server(
    { name: 'tracewright', title: 'Tracewright', version: options.version },
    { capabilities: { tools: {}, resources: {} }, instructions },
  )
  const context: ToolContext = options.readOnly ? { ...options.context, mayWrite: false } : options.context
  const offered = tools.filter((tool) => isOffered(tool, options))
  const listing = offered.map((tool) => describeTool(tool, options)).sort((a, b) => (a.name < b.name ? -1 : 1))

  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: listViews() }))
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const text = readView(uri)
    if (text === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri.slice(0, 200)}`)
    // The page is complete: it needs no network, so it declares none.
    const ui = { csp: { connectDomains: [], resourceDomains: [] }, prefersBorder: true }
    return { contents: [{ uri, mimeType: VIEW_MIME_TYPE, text, _meta: { ui } }] }
  })
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listing }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const tool = findTool(params.name)
    if (tool === undefined) {
      const near = suggestTools(params.name).map((each) => displayName(each, options.nameStyle))
      const hint = near.length > 0 ? `. Did you mean ${near.join(', ')}?` : ''
      throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name.slice(0, 100)}${hint}`)
    }
    const token = params._meta?.progressToken
    const reporter = progressReporter(
      token === undefined ? undefined : (progress) => extra.sendNotification(notification(token, progress)),
    )
    try {
      if (!offered.includes(tool)) throw notOffered(tool, options)
      const input = params.arguments ?? {}
      const outcome = await callTool(context, tool, input, {
        signal: extra.signal,
        progress: reporter.report,
        approve: approver(server, extra),
      })
      return { content: [{ type: 'text', text: outcome.text }], structuredContent: outcome.result }
    } catch (thrown) {
      return errorResult(tool, thrown)
    } finally {
      reporter.stop()
    }
  })
  return server
}

/** Asks through the client, where it can show a question; undefined where it cannot. */
function approver(
  server: Server,
  { signal, requestId }: { readonly signal: AbortSignal; readonly requestId: string | number },
): Approve | undefined {
  if (server.getClientCapabilities()?.elicitation === undefined) return undefined
  return async ({ message, program }) => {
    const { action } = await server.elicitInput(
      {
        message: `${message}\n\n${program}`,
        requestedSchema: { type: 'object', properties: {} },
      },
      // A person reads the program first.
      { signal, relatedRequestId: requestId, timeout: APPROVAL_TIMEOUT_MS },
    )
    return action === 'accept'
  }
}

function isOffered(tool: Tool, options: ServerOptions): boolean {
  if (options.readOnly && !canOnlyRead(tool)) return false
  return options.toolsets === undefined || options.toolsets.includes(tool.toolset)
}

function describeTool(tool: Tool, { nameStyle, readOnly }: ServerOptions): ProtocolTool {
  return {
    name: displayName(tool, nameStyle),
    title: tool.title,
    description: tool.description,
    inputSchema: listedInput(tool, { readOnly }),
    outputSchema: listedOutput(tool),
    annotations: annotationsOf(tool, { readOnly }),
    ...(tool.view === undefined ? {} : { _meta: { ui: { resourceUri: viewUri(tool.view) } } }),
  }
}

function notification(progressToken: string | number, progress: ProgressNotification) {
  return { method: 'notifications/progress' as const, params: { progressToken, ...progress } }
}

/** Without `structuredContent`: clients hold that against the output schema even on errors. */
function errorResult(tool: Tool, thrown: unknown): CallToolResult {
  const { error, isBug } = toToolError(thrown)
  if (isBug) console.error(`tracewright: ${tool.name} failed:`, thrown)
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(error) }],
    _meta: { 'tracewright/error': error },
  }
}

function notOffered(tool: Tool, options: ServerOptions): UserError {
  const isLocked = options.readOnly && !canOnlyRead(tool)
  return new UserError({
    code: isLocked ? 'READ_ONLY' : 'TOOL_NOT_OFFERED',
    message: isLocked
      ? `\`${tool.name}\` changes something, and this server was started with --read-only`
      : `\`${tool.name}\` belongs to the toolset \`${tool.toolset}\`, which this server does not offer`,
    hint: isLocked ? 'Start it without --read-only.' : `Add ${tool.toolset} to --toolsets.`,
  })
}
