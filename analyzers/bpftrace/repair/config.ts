/** Fixes that set a key of the `config` block, and make the block where there is none. */
import { type Catalog, standing } from '../catalog/index.ts'
import type { Fix } from '../diagnostic.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

export function withSetting(tree: SyntaxTree, catalog: Catalog, key: string, value: string): readonly Fix[] {
  const known = catalog.configKey(key)
  // Before there was such a block, the environment said it.
  if (!known || standing(known, catalog.version).kind === 'not-yet') return []
  const title = `Set \`${key}\` to ${value}`
  const config = tree.program.items.find((item) => item.kind === 'Config')
  if (config?.kind !== 'Config') {
    const [first] = tree.tokens
    const at = first?.kind === 'shebang' ? first.end : 0
    const newText = at === 0 ? `config = { ${key}=${value} }\n` : `\nconfig = { ${key}=${value} }`
    return [{ title, edits: [{ span: { start: at, end: at }, newText }], safe: false }]
  }
  const entry = config.entries.find((each) => each.kind === 'ConfigEntry' && each.key.text === key)
  if (entry?.kind === 'ConfigEntry')
    return [{ title, edits: [{ span: entry.value.span, newText: value }], safe: false }]
  const open = tree.source.indexOf('{', config.span.start) + 1
  if (open === 0 || open > config.span.end) return []
  const more = config.entries.length > 0 ? ';' : ''
  return [{ title, edits: [{ span: { start: open, end: open }, newText: ` ${key}=${value}${more}` }], safe: false }]
}
