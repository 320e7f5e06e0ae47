/** Fields of what stands before a dot or an arrow, through whatever type it has. */
import { argumentFields, isArguments, tracepointAround } from '../argument-fields.ts'
import type { CRecord } from '../kernel-facts.ts'
import type { ProgramContext } from '../program-context.ts'
import type { Expression } from '../syntax/ast.ts'
import { formatCType } from '../types/c-format.ts'
import { formatType } from '../types/format.ts'
import type { Type } from '../types/type.ts'
import type { CompletionItem } from './item.ts'

export function fields(context: ProgramContext, object: Expression): CompletionItem[] {
  if (isArguments(object)) {
    const tracepoint = tracepointAround(context, object.span.start)
    return argumentFields(context, object.span.start).map(({ name, declaration }) => ({
      ...fieldItem(name, declaration),
      ...(tracepoint && { topic: { about: 'argument' as const, name: `${tracepoint}:${name}` } }),
    }))
  }
  const type = context.types.typeOf(withoutParentheses(object))
  return type ? fieldsOf(context, type) : []
}

function withoutParentheses(object: Expression): Expression {
  return object.kind === 'Parenthesized' ? withoutParentheses(object.expression) : object
}

function fieldsOf(context: ProgramContext, type: Type): CompletionItem[] {
  switch (type.kind) {
    case 'pointer':
      return fieldsOf(context, type.to)
    case 'c': {
      const record = type.record ?? namedRecord(context, type.name)
      return record ? recordFields(record) : []
    }
    case 'record':
      return type.fields.map((field) => fieldItem(field.name, formatType(field.type)))
    case 'tuple':
      return type.elements.map((element, index) => fieldItem(String(index), formatType(element)))
    default:
      return []
  }
}

function namedRecord({ kernel }: ProgramContext, name: string): CRecord | undefined {
  const [keyword, tag = ''] = name.split(' ')
  return keyword === 'struct' || keyword === 'union' ? kernel.record(keyword, tag) : undefined
}

/** In the order of the definition; those of anonymous members count as the record's own. */
function recordFields(record: CRecord): CompletionItem[] {
  return record.fields.flatMap((field) => {
    if (field.name) return [fieldItem(field.name, formatCType(field.type))]
    return field.type.kind === 'record' ? recordFields(field.type) : []
  })
}

/** What goes on behind a field: `.` and the `-` of `->`. */
const pathEnds = ['.', '-'] as const

function fieldItem(label: string, detail: string): CompletionItem {
  // What begins with an underscore is the kernel's own bookkeeping and comes last.
  return { label, kind: 'field', detail, insert: label, rank: label.startsWith('_') ? 2 : 1, chosenBy: pathEnds }
}
