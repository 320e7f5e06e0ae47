/** Conversions of a format string, as far as the version has them. */
import type { ProgramContext } from '../program-context.ts'
import type { Call } from '../syntax/ast.ts'
import type { CompletionItem } from './item.ts'

const formattingFunctions = new Set(['printf', 'system', 'cat', 'errorf', 'warnf', 'debugf', 'str_fmt'])

export function takesFormat(call: Call): boolean {
  return formattingFunctions.has(call.callee.text)
}

export function formats({ catalog }: ProgramContext, call: Call): CompletionItem[] {
  if (call.callee.text === 'strftime' || call.callee.text === 'time') return timeFormats()
  if (!takesFormat(call)) return []
  return catalog.syntax
    .filter(({ group, form }) => group === 'printf formats' && form !== undefined && /^%[a-zA-Z%]+$/.test(form))
    .map(({ form = '', description }, rank) => ({
      label: form,
      kind: 'value',
      detail: describeConversion(description),
      insert: form,
      rank,
    }))
}

/** How a conversion such as `%-16s` prints; what stands between the sign and the letters only says how wide. */
export function formatDescription({ catalog }: ProgramContext, conversion: string): string | undefined {
  const form = conversion.replace(/^%[-+ #0]*\d*(?:\.\d+)?/, '%')
  const entry = catalog.syntax.find((each) => each.group === 'printf formats' && each.form === form)
  return entry && describeConversion(entry.description)
}

function describeConversion(text: string): string {
  return text.replace(/^%\S+:\s*/, '').replace(/\.$/, '')
}

export const timeConversions = [
  ['%H:%M:%S', 'time of day'],
  ['%Y-%m-%d', 'date'],
  ['%H', 'hour, 00 to 23'],
  ['%M', 'minute'],
  ['%S', 'second'],
  ['%f', 'microsecond'],
  ['%s', 'seconds since 1970'],
  ['%d', 'day of the month'],
  ['%m', 'month'],
  ['%Y', 'year'],
  ['%z', 'offset from UTC'],
] as const

function timeFormats(): CompletionItem[] {
  return timeConversions.map(([label, detail], rank) => ({ label, kind: 'value', detail, insert: label, rank }))
}
