/** Completion: finds out where the cursor stands and asks the one source that knows what can stand there. */
import type { ProgramContext } from '../program-context.ts'
import { configKeys, configValues } from './config.ts'
import { expressions, stringValues } from './expressions.ts'
import { fields } from './fields.ts'
import { formats } from './formats.ts'
import type { Completion, CompletionItem } from './item.ts'
import { maps, variables } from './names.ts'
import { type Place, placeAt } from './place.ts'
import { attachPoints } from './probes.ts'
import { topLevel } from './top-level.ts'
import { types } from './types.ts'

/** `templates` are offered where a program or a probe can start; see `template-items.ts`. */
export function complete(
  context: ProgramContext,
  offset: number,
  templates: readonly CompletionItem[] = [],
): Completion {
  const place = placeAt(context.tree, offset)
  if (place.kind === 'nowhere') return { span: { start: offset, end: offset }, items: [], incomplete: false }
  const found = place.kind === 'top-level' ? [...topLevel(context), ...templates] : itemsFor(context, place, offset)
  return Array.isArray(found)
    ? { span: place.span, items: found, incomplete: false }
    : { span: place.span, items: found.items, incomplete: found.incomplete }
}

type Found = CompletionItem[] | { readonly items: readonly CompletionItem[]; readonly incomplete: boolean }

function itemsFor(
  context: ProgramContext,
  place: Exclude<Place, { kind: 'nowhere' | 'top-level' }>,
  offset: number,
): Found {
  switch (place.kind) {
    case 'attach-point':
      return attachPoints(context, place.parts)
    case 'config-key':
      return configKeys(context)
    case 'config-value':
      return configValues(context, place.key)
    case 'field':
      return fields(context, place.object)
    case 'map':
      return maps(context, place.argument)
    case 'variable':
      return variables(context, offset)
    case 'type':
      return types(context, place.keyword, context.tree.source.slice(place.span.start, place.span.end))
    case 'format':
      return formats(context, place.call)
    case 'string':
      return stringValues(place.argument)
    case 'expression':
      return expressions(context, place, offset)
  }
}
