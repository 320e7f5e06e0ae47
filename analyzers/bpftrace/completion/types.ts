/** Names of types: the language's own, those of the script's C definitions, and the kernel's. */
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
  const matching = matchingNames(context.kernel.names(keyword), written)
  const kernel = matching.slice(0, limit).map((label) => typeItem(label, `${keyword} of the kernel`, 2))
  return { items: [...own, ...kernel], incomplete: matching.length > limit }
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

/** What starts with the text, else what holds it; names are sorted. */
export function matchingNames(names: readonly string[], written: string): readonly string[] {
  if (!written) return names
  const low = written.toLowerCase()
  const starting = names.filter((name) => name.toLowerCase().startsWith(low))
  const holding = names.filter((name) => !name.toLowerCase().startsWith(low) && name.toLowerCase().includes(low))
  return [...starting, ...holding]
}
