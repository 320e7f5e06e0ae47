/** What a hover says about a conversion in a format string: how it prints, and which argument. */
import { formatDescription, takesFormat, timeConversions } from './completion/formats.ts'
import { codeBlock } from './describe.ts'
import type { Hover } from './hover.ts'
import type { ProgramContext } from './program-context.ts'
import { conversionPattern } from './signature-help.ts'
import type { Node, StringLiteral } from './syntax/ast.ts'
import { formatType } from './types/format.ts'

export function formatHover(
  context: ProgramContext,
  node: StringLiteral,
  parent: Node | undefined,
  offset: number,
): Hover | undefined {
  if (parent?.kind !== 'Call' || parent.arguments[0] !== node) return undefined
  const { source } = context.tree
  const text = source.slice(node.span.start, node.span.end)
  if (parent.callee.text === 'strftime' || parent.callee.text === 'time') return timeHover(text, node, offset)
  if (!takesFormat(parent)) return undefined
  let index = 0
  for (const match of text.matchAll(conversionPattern)) {
    const [conversion] = match
    if (conversion !== '%%') index++
    const span = { start: node.span.start + match.index, end: node.span.start + match.index + conversion.length }
    if (offset < span.start || offset > span.end) continue
    const about = formatDescription(context, conversion)
    if (!about) return undefined
    const argument = conversion === '%%' ? undefined : parent.arguments[index]
    const type = argument && context.types.typeOf(argument)
    const written = argument && source.slice(argument.span.start, argument.span.end)
    const prints = written
      ? `Prints \`${written}\`${type && type.kind !== 'unknown' ? `, ${formatType(type)}` : ''}.`
      : ''
    return { span, markdown: [codeBlock(`${conversion}: ${about}`, ''), prints].filter(Boolean).join('\n\n') }
  }
  return undefined
}

function timeHover(text: string, node: StringLiteral, offset: number): Hover | undefined {
  for (const match of text.matchAll(/%[a-zA-Z]/g)) {
    const start = node.span.start + match.index
    if (offset < start || offset > start + 2) continue
    const known = timeConversions.find(([conversion]) => conversion === match[0])
    return known && { span: { start, end: start + 2 }, markdown: codeBlock(`${known[0]}: ${known[1]}`, '') }
  }
  return undefined
}
