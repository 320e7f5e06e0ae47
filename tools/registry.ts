/**
 * All tools, sorted by name, and the spellings under which a call finds one: dotted (`pprof.top`), underscored
 * (`pprof_top`) and, for the tools that MCPtrace had, bare (`exec_program`).
 */
import { registeredTools } from './registry.generated.ts'
import type { Tool } from './tool.ts'

export type ToolNameStyle = 'underscore' | 'dotted'

export const tools: readonly Tool[] = [...registeredTools].sort((a, b) => (a.name < b.name ? -1 : 1))

export const toolsets: readonly string[] = [...new Set(tools.map((tool) => tool.toolset))].sort()

/** MCPtrace's tools answer to their old names too. */
const bareNames = new Set(['list_probes', 'list_helpers', 'bpf_info', 'exec_program', 'get_result'])

const bySpelling: ReadonlyMap<string, Tool> = new Map(
  tools.flatMap((tool) => spellings(tool.name).map((spelling) => [spelling, tool] as const)),
)

export function findTool(spelling: string): Tool | undefined {
  return bySpelling.get(spelling)
}

/** Tools whose name has the given one in it, or the other way round. */
export function suggestTools(name: string): readonly Tool[] {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (plain === '') return []
  return tools.filter((tool) => {
    const known = tool.name.replace(/[^a-z0-9]/g, '')
    return known.includes(plain) || plain.includes(known)
  })
}

export function displayName(tool: Tool, style: ToolNameStyle): string {
  return style === 'dotted' ? tool.name : underscored(tool.name)
}

function spellings(name: string): string[] {
  const bare = name.startsWith('bpftrace.') ? name.slice('bpftrace.'.length) : ''
  return [name, underscored(name), ...(bareNames.has(bare) ? [bare] : [])]
}

function underscored(name: string): string {
  return name.replaceAll('.', '_')
}
