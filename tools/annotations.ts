/** What a tool does to the world, in the words of MCP: all four hints, explicit and truthful. */
import type { Tool } from './tool.ts'

/** Whether it can be offered where nothing may change, then without the argument that makes it write. */
export function canOnlyRead(tool: Tool): boolean {
  return tool.kind === 'read' || tool.writesOnlyWith !== undefined
}

/** `readOnly`: as offered where nothing may change. */
export function annotationsOf(tool: Tool, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
  const isRead = tool.kind === 'read' || (readOnly && canOnlyRead(tool))
  return {
    title: tool.title,
    readOnlyHint: isRead,
    destructiveHint: isRead ? false : (tool.destructive ?? tool.kind === 'run'),
    idempotentHint: isRead || (tool.idempotent ?? false),
    openWorldHint: tool.openWorld ?? false,
  }
}
