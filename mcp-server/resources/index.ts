/**
 * All resources: `resources/list`, `resources/templates/list`, `resources/read` and the completion of their templates'
 * variables. What a page says is known to its kind alone.
 */
import { ErrorCode, McpError, type ReadResourceResult, type Resource } from '@modelcontextprotocol/sdk/types.js'
import { UserError } from '../../analyzers/shared/user-error.ts'
import type { ToolContext } from '../../tools/context.ts'
import { diagnosticCodes } from './diagnostic-codes.ts'
import { language } from './language.ts'
import type { ReadContext, ResourceKind } from './resource-kind.ts'
import { storedProfiles } from './stored-profiles.ts'
import { templates } from './templates.ts'
import { toolSchemas } from './tool-schemas.ts'
import { viewPages } from './views.ts'

const kinds: readonly ResourceKind[] = [viewPages, language, templates, diagnosticCodes, storedProfiles, toolSchemas]

/** The resources of the toolsets that are offered; of all when undefined. */
export function createResources(context: ToolContext, toolsets: readonly string[] | undefined) {
  const offered = kinds.filter(({ toolset }) => toolset === undefined || (toolsets?.includes(toolset) ?? true))
  return {
    async list(): Promise<Resource[]> {
      const lists = await Promise.all(offered.map((kind) => kind.list?.(context).catch(noneOf)))
      return lists.flatMap((list) => list ?? [])
    },

    templates: offered.flatMap(({ template }) => (template === undefined ? [] : [template])),

    /** @throws McpError for a URI that names nothing. */
    async read(uri: string, signal: AbortSignal): Promise<ReadResourceResult> {
      for (const kind of offered) {
        const page = await readPage(kind, uri, { context, signal })
        if (page !== undefined) return { contents: [{ uri, ...page }] }
      }
      throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri.slice(0, 200)}`)
    },

    /** @throws McpError for a template that there is not. */
    async complete(uriTemplate: string, variable: string, typed: string): Promise<readonly string[]> {
      const kind = offered.find(({ template }) => template?.uriTemplate === uriTemplate)
      if (kind === undefined)
        throw new McpError(ErrorCode.InvalidParams, `There is no template ${uriTemplate.slice(0, 200)}`)
      return (await kind.complete?.(variable, typed, context)) ?? []
    },
  }
}

/** What cannot be listed now, such as a store of a newer version, is missing; the tools say why. */
function noneOf(error: unknown): readonly Resource[] {
  console.error('tracewright: some resources cannot be listed:', error instanceof Error ? error.message : error)
  return []
}

async function readPage(kind: ResourceKind, uri: string, options: ReadContext) {
  try {
    return await kind.read(uri, options)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new McpError(ErrorCode.InvalidParams, `${error.message} ${error.hint}`)
  }
}
