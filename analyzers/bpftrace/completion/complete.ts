/** Completion: finds out where the cursor stands and asks the one source that knows what can stand there. */
import type { ProgramContext } from '../program-context.ts'
import { configKeys, configValues } from './config.ts'
import { directives } from './directives.ts'
import { expressions, stringValues } from './expressions.ts'
import { fields } from './fields.ts'
import { files } from './files.ts'
import { formats } from './formats.ts'
import type { Completion, CompletionItem, CompletionSources } from './item.ts'
import { maps, variables } from './names.ts'
import { type Place, placeAt } from './place.ts'
import { attachPoints } from './probes.ts'
import { topLevel } from './top-level.ts'
import { mapTypeItems, types } from './types.ts'

/** What each character is typed for. Elsewhere it means something else, and a list would only be in the way. */
const leadsTo: Readonly<Record<string, readonly Place['kind'][]>> = {
  ':': ['attach-point', 'type'],
  '.': ['field'],
  '>': ['field'],
  $: ['variable'],
  '@': ['map'],
  '%': ['format'],
  '"': ['file', 'string'],
  '<': ['file'],
  '/': ['file', 'attach-point'],
  '#': ['directive'],
}

/** The characters after which an editor may ask by itself. */
export const triggerCharacters: readonly string[] = Object.keys(leadsTo)

export function complete(context: ProgramContext, offset: number, sources: CompletionSources = {}): Completion {
  const place = placeAt(context.tree, offset)
  const nothing = { place: place.kind, span: { start: offset, end: offset }, items: [], incomplete: false }
  const wanted = sources.typed === undefined ? undefined : leadsTo[sources.typed]
  if (place.kind === 'nowhere' || (wanted && !wanted.includes(place.kind))) return nothing
  const found = itemsFor(context, place, offset, sources)
  return Array.isArray(found)
    ? { place: place.kind, span: place.span, items: found, incomplete: false }
    : { place: place.kind, span: place.span, items: found.items, incomplete: found.incomplete }
}

type Found = CompletionItem[] | { readonly items: readonly CompletionItem[]; readonly incomplete: boolean }

function itemsFor(
  context: ProgramContext,
  place: Exclude<Place, { kind: 'nowhere' }>,
  offset: number,
  sources: CompletionSources,
): Found {
  const written = context.tree.source.slice(place.span.start, place.span.end)
  switch (place.kind) {
    case 'top-level':
      return [...topLevel(context), ...(sources.templates ?? [])]
    case 'directive':
      return directives()
    case 'file':
      return files(place, context.tree.source[offset], sources.files)
    case 'attach-point':
      return attachPoints(context, place.parts)
    case 'config-key':
      return configKeys(context)
    case 'config-value':
      return configValues(context, place.key)
    case 'field':
      return fields(context, place.object)
    case 'map':
      return maps(context, place.argument, offset)
    case 'map-type':
      return mapTypeItems()
    case 'variable':
      return variables(context, offset)
    case 'type':
      return types(context, place.keyword, written)
    case 'format':
      return formats(context, place.call)
    case 'string':
      return stringValues(place.argument)
    case 'expression':
      return expressions(context, place, offset)
  }
}
