/** Probes, maps, macros and types of every script that is open or lies in a folder of the workspace. */
import { type SymbolInformation, WorkspaceSymbolRequest } from 'vscode-languageserver/node'
import { type OutlineItem, outline } from '../../analyzers/bpftrace/outline.ts'
import { toLocation } from '../convert.ts'
import { feature } from '../feature.ts'
import { workspaceScripts } from '../workspace-scripts.ts'
import { symbolKinds } from './document-symbols.ts'

/** More than anyone reads; clients ask again as the query grows. */
const limit = 500

export const workspaceSymbols = feature({
  request: WorkspaceSymbolRequest.type,
  capabilities: { workspaceSymbolProvider: { workDoneProgress: true } },
  async handle(session, { query }, task): Promise<SymbolInformation[]> {
    const found: SymbolInformation[] = []
    for await (const { document, tree } of workspaceScripts(session, task)) {
      for (const item of flatten(outline(tree))) {
        if (!matches(item.name, query)) continue
        found.push({ name: item.name, kind: symbolKinds[item.kind], location: toLocation(document, item.selection) })
        if (found.length === limit) return found
      }
    }
    return found
  },
})

function flatten(items: readonly OutlineItem[]): readonly OutlineItem[] {
  return items.flatMap((item) => [item, ...flatten(item.children)])
}

/** The letters of the query in their order, as clients filter too. */
function matches(name: string, query: string): boolean {
  const low = name.toLowerCase()
  let from = 0
  for (const letter of query.toLowerCase()) {
    const at = low.indexOf(letter, from)
    if (at < 0) return false
    from = at + 1
  }
  return true
}
