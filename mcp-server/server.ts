/**
 * The registry as an MCP server on the SDK's plain `Server`: tools, and beside them prompts, resources and completion.
 * Every rule about tools lives in `tools/`; here are only the protocol's shapes. It writes nothing to stdout and knows no
 * transport.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
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
import { icons } from './icon.ts'
import { instructions } from './instructions.ts'
import { type ProgressNotification, progressReporter } from './progress.ts'
import { createPrompts } from './prompts.ts'
import { createResources } from './resources/index.ts'
import { viewUri } from './resources/views.ts'

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
/** The protocol's own limit. */
const MOST_COMPLETIONS = 100

export function createServer(options: ServerOptions): Server {
  const server = new Server(
    { name: 'tracewright', title: 'Tracewright', version: options.version, icons },
    { capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} }, instructions },
  )
  const context: ToolContext = options.readOnly ? { ...options.context, mayWrite: false } : options.context
  const offered = tools.filter((tool) => isOffered(tool, options))
  const listing = offered.map((tool) => describeTool(tool, options)).sort((a, b) => (a.name < b.name ? -1 : 1))

  const resources = createResources(context, options.toolsets)
  const prompts = createPrompts(context, offered, options.nameStyle)

  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) => {
    onlyPage(params)
    return { resources: await resources.list() }
  })
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) => {
    onlyPage(params)
    return { resourceTemplates: resources.templates }
  })
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }, { signal }) => resources.read(params.uri, signal))
  server.setRequestHandler(ListPromptsRequestSchema, ({ params }) => {
    onlyPage(params)
    return { prompts: prompts.list }
  })
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => prompts.get(params.name, params.arguments ?? {}))
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { ref, argument } }) => {
    const found =
      ref.type === 'ref/prompt'
        ? await prompts.complete(ref.name, argument.name, argument.value)
        : await resources.complete(ref.uri, argument.name, argument.value)
    const values = found.slice(0, MOST_COMPLETIONS)
    return { completion: { values, total: found.length, hasMore: found.length > values.length } }
  })
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    onlyPage(params)
    return { tools: listing }
  })
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

/** Every list is one page, so no cursor is ours. */
function onlyPage(params: { readonly cursor?: string | undefined } | undefined): void {
  if (params?.cursor !== undefined) throw new McpError(ErrorCode.InvalidParams, 'This list has one page and no cursor')
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
