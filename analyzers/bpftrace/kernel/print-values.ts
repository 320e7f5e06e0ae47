/**
 * What the numbers in a tracepoint's fields stand for, out of the format that the kernel itself prints them with:
 * `__print_symbolic(REC->oldstate, { 1, "TCP_ESTABLISHED" }, …)`.
 */
export interface FieldValues {
  /** One of the values, or any sum of them. */
  readonly kind: 'one' | 'flags'
  readonly values: readonly { readonly value: string; readonly name: string }[]
}

/** Of one field; undefined when the kernel prints it as a mere number. */
export function printedValues(print: string, field: string): FieldValues | undefined {
  for (const call of print.matchAll(/__print_(symbolic|flags)(?:64)?\s*\(/g)) {
    const start = call.index + call[0].length
    const [subject = '', ...rest] = topLevelArguments(print, start)
    if (!isField(subject, field)) continue
    const values = rest.flatMap((argument) => {
      const entry = /^\s*\{(.*),\s*"([^"]*)"\s*\}\s*$/s.exec(argument)
      return entry ? [{ value: shortValue(entry[1] ?? ''), name: entry[2] ?? '' }] : []
    })
    if (values.length > 0) return { kind: call[1] === 'flags' ? 'flags' : 'one', values }
  }
  return undefined
}

/** The field itself, perhaps cast or masked; of a part that is shifted out the values are not those of the field. */
function isField(subject: string, field: string): boolean {
  const fields = [...subject.matchAll(/REC->(\w+)/g)].map(([, name]) => name)
  return fields.length === 1 && fields[0] === field && !subject.includes('>>')
}

/** Numbers as they are; what the kernel computes from macros is too long to be read, and its name says it. */
function shortValue(text: string): string {
  const value = text
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .trim()
  return /^-?(?:0x[\da-f]+|\d+)[UL]*$/i.test(value) ? value.replace(/[UL]+$/i, '').replace(/^0x0+(?=.)/, '0x') : ''
}

/** The texts between the commas of a call, up to its closing parenthesis. */
function topLevelArguments(text: string, start: number): string[] {
  const found: string[] = []
  let depth = 0
  let quoted = false
  let from = start
  for (let i = start; i < text.length; i++) {
    const character = text[i]
    if (character === '"' && text[i - 1] !== '\\') quoted = !quoted
    if (quoted) continue
    if (character === '(' || character === '{') depth++
    else if (character === '}') depth--
    else if (character === ')' && depth-- === 0) return [...found, text.slice(from, i)]
    else if (character === ',' && depth === 0) {
      found.push(text.slice(from, i))
      from = i + 1
    }
  }
  return found
}
