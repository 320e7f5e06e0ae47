/** Keys of the config block and their values. */
import type { ConfigEntry } from '../catalog/index.ts'
import { isDeprecated, type ProgramContext } from '../program-context.ts'
import type { CompletionItem } from './item.ts'

export function configKeys({ catalog, tree }: ProgramContext): CompletionItem[] {
  const used = new Set(
    tree.program.items.flatMap((item) =>
      item.kind === 'Config'
        ? item.entries.flatMap((entry) => (entry.kind === 'ConfigEntry' ? entry.key.text : []))
        : [],
    ),
  )
  return catalog.configKeys.map((entry) => ({
    label: entry.name,
    kind: 'config',
    detail: `${entry.type}${entry.default ? `, default ${entry.default}` : ''}`,
    insert: `${entry.name} = `,
    rank: used.has(entry.name) ? 2 : 1,
    deprecated: isDeprecated(catalog, entry),
    next: 'completion',
    topic: { about: 'config', name: entry.name },
  }))
}

export function configValues({ catalog }: ProgramContext, key: string): CompletionItem[] {
  const entry = catalog.configKey(key)
  return entry ? allowedValues(entry).map((value, rank) => ({ ...valueItem(value), rank })) : []
}

function allowedValues(entry: ConfigEntry): readonly string[] {
  return entry.allowed ?? (entry.type === 'bool' ? ['true', 'false'] : [])
}

function valueItem(value: string): Omit<CompletionItem, 'rank'> {
  // Words go bare; a value with blanks is a string.
  return { label: value, kind: 'value', detail: '', insert: /^\w+$/.test(value) ? value : `"${value}"` }
}
