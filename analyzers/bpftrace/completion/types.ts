/** Names of types: the language's own, those of the script's C definitions, and the kernel's. */
import { mapTypes } from '../catalog/map-types.ts'
import { namesLike } from '../kernel-names.ts'
import type { ProgramContext } from '../program-context.ts'
import { builtinTypes } from '../types/names.ts'
import type { CompletionItem } from './item.ts'

/** A kernel has some ten thousand structs; more than this many are not listed at once. */
const limit = 300

export function types(
  context: ProgramContext,
  keyword: 'struct' | 'union' | 'enum' | undefined,
  written: string,
): { items: CompletionItem[]; incomplete: boolean } {
  const own = scriptTypes(context, keyword)
  if (!keyword) return { items: [...languageTypes(), ...own], incomplete: false }
  const { names, more } = namesLike(context.kernel.names(keyword), written, limit)
  // In the order found: what starts as it was written stands before what only holds it.
  const kernel = names.map((label, index) => typeItem(label, `${keyword} of the kernel`, 2 + index))
  return { items: [...own, ...kernel], incomplete: more }
}

/** What `let @name = ` declares a map to be, and how many entries it holds. */
export function mapTypeItems(): CompletionItem[] {
  return mapTypes.map(({ name, description }, rank) => ({
    label: name,
    kind: 'type',
    detail: description,
    insert: `${name}(\${1:1024})`,
    snippet: true,
    rank,
  }))
}

export function languageTypes(): CompletionItem[] {
  return [...builtinTypes.keys()].map((label) => typeItem(label, 'type', 3))
}

function scriptTypes({ symbols }: ProgramContext, keyword: string | undefined): CompletionItem[] {
  return symbols.all
    .filter(({ kind, definition }) => {
      if (kind !== 'type' || definition?.kind !== 'CDefinition') return false
      return !keyword || definition.keyword === keyword
    })
    .map(({ name, definition }) => {
      const own = definition?.kind === 'CDefinition' ? definition.keyword : 'type'
      const label = keyword ? name : `${own} ${name}`
      return typeItem(label, `${own} of this script`, 1)
    })
}

function typeItem(label: string, detail: string, rank: number): CompletionItem {
  return { label, kind: 'type', detail, insert: label, rank }
}
