/** What a tool does to the world, in the words of MCP: all four hints, explicit and truthful. */
import type { Tool } from './tool.ts'

export function annotationsOf(tool: Tool) {
  return {
    title: tool.title,
    readOnlyHint: tool.kind === 'read',
    destructiveHint: tool.destructive ?? tool.kind === 'run',
    idempotentHint: tool.idempotent ?? tool.kind === 'read',
    openWorldHint: tool.openWorld ?? false,
  }
}
