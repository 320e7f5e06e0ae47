/**
 * `pprof://<16 hex>/<view>`: what the tools say of a stored profile, for people who put it into a conversation. The newest
 * ones are listed; the handle of any other is completed.
 */
import type { ProfileRecord } from '../../services/profiles/library.ts'
import { callTool } from '../../tools/call-tool.ts'
import type { ToolContext } from '../../tools/context.ts'
import generateReport from '../../tools/pprof/generate-report.ts'
import meta from '../../tools/pprof/meta.ts'
import tags from '../../tools/pprof/tags.ts'
import top from '../../tools/pprof/top.ts'
import tracesHead from '../../tools/pprof/traces-head.ts'
import { cell } from '../../tools/shared/markdown.ts'
import type { Tool } from '../../tools/tool.ts'
import { markdown, namesLike, type ResourceKind } from './resource-kind.ts'

const listed = 20
const completed = 100

const views: Readonly<Record<string, { readonly tool: Tool; input(handle: string): Record<string, unknown> }>> = {
  report: { tool: generateReport, input: (handle) => ({ profiles: [handle] }) },
  meta: { tool: meta, input: (profile) => ({ profile }) },
  top: { tool: top, input: (profile) => ({ profile }) },
  tags: { tool: tags, input: (profile) => ({ profile }) },
  traces: { tool: tracesHead, input: (profile) => ({ profile }) },
}

export const storedProfiles: ResourceKind = {
  toolset: 'pprof',
  template: {
    uriTemplate: 'pprof://{handle}/{view}',
    name: 'stored-profile',
    title: 'A stored profile',
    description: `Sixteen hexadecimal digits of its handle, and one of ${Object.keys(views).join(', ')}`,
    mimeType: markdown,
  },
  list: async (context) => (await newest(context, { limit: listed })).map(resourceOf),
  read: async (uri, { context, signal }) => {
    const [, handle, name = ''] = /^pprof:\/\/([0-9a-f]{16})\/([a-z]+)$/.exec(uri) ?? []
    const view = Object.hasOwn(views, name) ? views[name] : undefined
    if (handle === undefined || view === undefined) return undefined
    const input = view.input(`handle:${handle}`)
    const { result, text } = await callTool(context, view.tool, input, { signal, progress: () => undefined })
    const content = result.content
    return { mimeType: markdown, text: typeof content === 'string' ? content : `${text}\n` }
  },
  complete: async (variable, typed, context) => {
    if (variable === 'view') return namesLike(Object.keys(views), typed)
    return (await handlesLike(typed, context)).map((handle) => handle.replace('handle:', ''))
  },
}

/** Handles whose digits begin with what has been typed, or whose profile's name, service or origin contains it. */
export async function handlesLike(typed: string, context: ToolContext): Promise<string[]> {
  const digits = typed.replace(/^handle:/, '').toLowerCase()
  const byDigits = (await newest(context, { limit: 1000 })).filter(({ handle }) => handle.slice(7).startsWith(digits))
  const byText =
    digits === typed.toLowerCase() && typed !== '' ? await newest(context, { text: typed, limit: completed }) : []
  return [...new Set([...byDigits, ...byText].map(({ handle }) => handle))]
}

async function newest(context: ToolContext, filter: { readonly text?: string; readonly limit: number }) {
  return (await context.library.list(filter)).profiles
}

function resourceOf({ handle, type, name, service, env, takenAt, importedAt }: ProfileRecord) {
  const where = [service, env].filter((part) => part !== null && part !== '').join(', ')
  const when = takenAt === null ? `imported ${importedAt}` : `taken ${takenAt}`
  return {
    uri: `pprof://${handle.slice('handle:'.length)}/report`,
    name: cell(name, 100),
    title: `${type} profile ${cell(name, 100)}`,
    description: cell([where, when, handle].filter((part) => part !== '').join('; '), 300),
    mimeType: markdown,
    annotations: { audience: ['user' as const, 'assistant' as const], priority: 0.4, lastModified: importedAt },
  }
}
