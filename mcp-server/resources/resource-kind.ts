/**
 * What a kind of resources is: pages that exist by themselves, and pages behind a template whose variables can be
 * completed. One file per kind beside this one; `index.ts` lists them.
 */
import type { Resource, ResourceTemplate } from '@modelcontextprotocol/sdk/types.js'
import type { ToolContext } from '../../tools/context.ts'

export interface ReadContext {
  readonly context: ToolContext
  readonly signal: AbortSignal
}

export interface ResourcePage {
  readonly mimeType: string
  readonly text: string
  readonly _meta?: Readonly<Record<string, unknown>>
}

export interface ResourceKind {
  /** Offered only where this toolset is; always when undefined. */
  readonly toolset?: string
  readonly template?: ResourceTemplate
  list?(context: ToolContext): Promise<readonly Resource[]>
  /** Undefined for a URI that is not of this kind or names nothing. @throws UserError */
  read(uri: string, options: ReadContext): Promise<ResourcePage | undefined>
  /** Every value of a variable of the template that fits what has been typed, best first. */
  complete?(variable: string, typed: string, context: ToolContext): Promise<readonly string[]>
}

export const markdown = 'text/markdown'

/** The rest of a URI behind its prefix, decoded; undefined when it has another prefix or is not well formed. */
export function restOf(uri: string, prefix: string): string | undefined {
  if (!uri.startsWith(prefix)) return undefined
  try {
    return decodeURIComponent(uri.slice(prefix.length))
  } catch {
    // A lone percent sign: no page has such a name.
    return undefined
  }
}

/** Names that begin with what has been typed, then those that contain it. */
export function namesLike(names: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase()
  const starting = names.filter((name) => name.toLowerCase().startsWith(wanted))
  const containing = names.filter((name) => !starting.includes(name) && name.toLowerCase().includes(wanted))
  return [...starting, ...containing]
}
