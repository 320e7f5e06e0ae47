/** What the kernel says about a name, as Markdown for people: tracepoints and their fields, enumerators, probes by wildcard. */
import { fieldDeclaration } from './argument-fields.ts'
import { knownValues } from './catalog/known-values.ts'
import { codeBlock, links } from './describe.ts'
import { printedValues } from './kernel/print-values.ts'
import type { ProgramContext } from './program-context.ts'
import { systemCallPage } from './reference-links.ts'
import { printfFor } from './tracepoint-printf.ts'

export function describeTracepoint(context: ProgramContext, category: string, event: string): string | undefined {
  const format = context.kernel.tracepoint(category, event)
  if (!format) return undefined
  const rows = format.fields.map(({ declaration, name }) => `    ${fieldDeclaration(declaration, name)};`)
  const ready = printfFor(format, context.catalog.version)
  return [
    codeBlock([`tracepoint:${category}:${event}`, ...rows].join('\n'), 'c'),
    ready && `Ready to print:\n\n${codeBlock(ready)}`,
    links(['System call', systemCallPage(category, event)]),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** More values than these are looked up in the kernel's source. */
const mostValues = 32

/** What the numbers in a field of a tracepoint mean; undefined where nothing is known. */
export function fieldMeaning({ kernel }: ProgramContext, tracepoint: string, field: string): string | undefined {
  const [category = '', event = ''] = tracepoint.split(':')
  const print = kernel.tracepoint(category, event)?.print
  const printed = print === undefined ? undefined : printedValues(print, field)
  if (printed) {
    const list = printed.values.slice(0, mostValues).map(({ value, name }) => (value ? `\`${value}\` ${name}` : name))
    if (printed.values.length > mostValues) list.push('…')
    return `${printed.kind === 'flags' ? 'Bits' : 'Values'}: ${list.join(', ')}.`
  }
  if (category !== 'syscalls') return undefined
  return knownValues.find(({ events, fields }) => events.test(event) && fields.test(field))?.meaning
}

export function describeEnumerator({ kernel }: ProgramContext, name: string): string | undefined {
  const found = kernel.enumerator(name)
  if (!found) return undefined
  const owner = found.enumeration.name ? `enum ${found.enumeration.name}` : 'enum'
  return `${codeBlock(`${name} = ${found.value}`, 'c')}\n\nEnumerator of \`${owner}\`.`
}

/** So many names of a wildcard give an idea; the whole list is a click on the code lens away. */
const mostProbes = 10

export function describeExpansion(names: readonly string[]): string {
  if (names.length === 0) return 'Matches no probe of this kernel.'
  const shown = names.slice(0, mostProbes)
  const rest = names.length - shown.length
  const lines = [...shown, ...(rest > 0 ? [`… ${rest} more`] : [])]
  return `Expands to ${names.length === 1 ? '1 probe' : `${names.length} probes`}:\n\n${codeBlock(lines.join('\n'), '')}`
}
