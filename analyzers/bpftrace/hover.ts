/**
 * What a hover says about the place under the pointer: builtins, functions and probe types from the catalog, the
 * script's own names with their types, tracepoint formats and C types from the kernel. Words that say nothing get none.
 */
import { argumentFields, isArguments, rawArguments, returnedType, tracepointAround } from './argument-fields.ts'
import { type BuiltinEntry, builtins, configKeys, type FunctionEntry, functions } from './catalog/index.ts'
import { codeBlock, describeBuiltin, describeConfig, describeFunction } from './describe.ts'
import { describeEnumerator, fieldMeaning } from './describe-kernel.ts'
import type { Span } from './diagnostic.ts'
import { attachPointHover } from './hover-attach-point.ts'
import { formatHover } from './hover-format.ts'
import { neighbourNames } from './neighbour-names.ts'
import { itemAround, type ProgramContext } from './program-context.ts'
import type { ProgramSymbol } from './symbols.ts'
import type { IntegerLiteral, NamedType, Node } from './syntax/ast.ts'
import { pathTo } from './syntax/visit.ts'
import { findField } from './types/c.ts'
import { formatCDeclaration, formatCType } from './types/c-format.ts'
import { formatKey, formatType } from './types/format.ts'
import { describeRecord } from './types/record-text.ts'
import type { Type } from './types/type.ts'

export interface Hover {
  readonly span: Span
  readonly markdown: string
}

export function hover(context: ProgramContext, offset: number): Hover | undefined {
  const path = pathTo(context.tree.program, offset)
  for (let i = path.length - 1; i >= Math.max(0, path.length - 2); i--) {
    const node = path[i]
    const found = node && hoverNode(context, node, path[i - 1], offset)
    if (found) return found
  }
  return symbolHover(context, offset)
}

function hoverNode(context: ProgramContext, node: Node, parent: Node | undefined, offset: number): Hover | undefined {
  switch (node.kind) {
    case 'Identifier':
      return (
        symbolHover(context, offset) ??
        identifierHover(context, node.name, node.span) ??
        neighbourHover(context, node.name, node.span)
      )
    case 'Name':
      return nameHover(context, node.text, node.span, parent, offset)
    case 'AttachPoint':
      return attachPointHover(context, node, offset)
    case 'NamedType':
      return typeHover(context, node)
    case 'StringLiteral':
      return formatHover(context, node, parent, offset)
    case 'IntegerLiteral':
      return integerHover(node)
    case 'Variable':
    case 'MapReference':
    case 'PositionalParameter':
      return symbolHover(context, offset)
    default:
      return undefined
  }
}

function nameHover(context: ProgramContext, name: string, span: Span, parent: Node | undefined, offset: number) {
  if (parent?.kind === 'Call' && parent.callee.span.start === span.start) {
    return (
      symbolHover(context, offset) ??
      neighbourHover(context, name, span) ??
      functionHover(context, name, span) ??
      identifierHover(context, name, span)
    )
  }
  if (parent?.kind === 'ConfigEntry') {
    const entry = context.catalog.configKey(name) ?? configKeys.find((key) => key.name === name)
    return entry && { span, markdown: describeConfig(entry, context.catalog.version) }
  }
  if (parent?.kind === 'FieldAccess' && isArguments(parent.object)) {
    return argumentHover(context, name, span)
  }
  if (parent?.kind === 'FieldAccess') {
    const type = context.types.typeOf(parent.object)
    const text = type && fieldText(context, type, name)
    return text ? { span, markdown: text } : undefined
  }
  return undefined
}

function identifierHover(context: ProgramContext, name: string, span: Span): Hover | undefined {
  const { catalog } = context
  const entry = catalog.builtin(name) ?? anyBuiltin(name)
  if (entry) {
    const text = describeBuiltin(entry, catalog.version, name)
    const meaning = registerMeaning(context, name, span.start)
    return { span, markdown: meaning ? `${codeBlock(`${meaning};`, 'c')}\n\n${text}` : text }
  }
  const markdown = describeEnumerator(context, name)
  return markdown ? { span, markdown } : undefined
}

/** What `arg0` or `retval` is in a probe of a kernel function, as the kernel declares it. */
function registerMeaning(context: ProgramContext, name: string, offset: number): string | undefined {
  const probe = itemAround(context.tree, offset)
  if (probe?.kind !== 'Probe') return undefined
  if (name === 'retval') return returnedType(context, probe)
  const index = /^arg(\d+)$/.exec(name)?.[1]
  return index === undefined ? undefined : rawArguments(context, probe)?.[Number(index)]
}

/** A field of `args`, with what its numbers mean. */
function argumentHover(context: ProgramContext, name: string, span: Span): Hover | undefined {
  const field = argumentFields(context, span.start).find((known) => known.name === name)
  if (!field) return undefined
  const tracepoint = tracepointAround(context, span.start)
  const meaning = tracepoint && fieldMeaning(context, tracepoint, name)
  return { span, markdown: [codeBlock(`${field.declaration};`, 'c'), meaning].filter(Boolean).join('\n\n') }
}

/** Also what the target version lacks: the text says so. */
function anyBuiltin(name: string): BuiltinEntry | undefined {
  return builtins.find((entry) => entry.name === name)
}

/** A macro, function or constant of an imported or included file. */
function neighbourHover(context: ProgramContext, name: string, span: Span): Hover | undefined {
  const found = neighbourNames(context).find((known) => known.name === name && known.kind !== 'type')
  if (!found) return undefined
  const text = definitionText(found.from.tree.source, found.definition)
  return { span, markdown: `${text}\n\nFrom \`${found.from.uri.replace(/^.*\//, '')}\`.` }
}

function functionHover({ catalog }: ProgramContext, name: string, span: Span): Hover | undefined {
  const entry: FunctionEntry | undefined = catalog.function(name) ?? functions.find((known) => known.name === name)
  return entry && { span, markdown: describeFunction(entry, catalog.version) }
}

function typeHover({ kernel, symbols, tree }: ProgramContext, node: NamedType): Hover | undefined {
  const own = symbols.at(node.span.end)?.symbol
  if (own?.definition?.kind === 'CDefinition') {
    const { span } = own.definition
    return { span: node.span, markdown: codeBlock(tree.source.slice(span.start, span.end), 'c') }
  }
  const record = node.keyword !== 'enum' ? kernel.record(node.keyword ?? 'struct', node.name) : undefined
  if (record) return { span: node.span, markdown: describeRecord(record) }
  const enumeration = kernel.enumeration(node.name)
  if (!enumeration) return undefined
  const values = enumeration.values.slice(0, 20).map(({ name, value }) => `    ${name} = ${value},`)
  if (enumeration.values.length > values.length) values.push(`    /* ${enumeration.values.length - 20} more */`)
  return { span: node.span, markdown: codeBlock([`enum ${node.name} {`, ...values, '};'].join('\n'), 'c') }
}

/** Only what the digits do not show: durations, powers of ten, other bases. */
function integerHover({ text, value, span }: IntegerLiteral): Hover | undefined {
  if (value === null || /^\d+[ul]*$/i.test(text)) return undefined
  const unit = /[a-z]$/.test(text) && /^[\d_]+(?:ns|us|ms|s|m|h|d)$/.test(text) ? ' nanoseconds' : ''
  return { span, markdown: codeBlock(`${text} = ${value.toLocaleString('en').replaceAll(',', '_')}${unit}`) }
}

function symbolHover(context: ProgramContext, offset: number): Hover | undefined {
  const found = context.symbols.at(offset)
  if (!found) return undefined
  const text = symbolText(context, found.symbol, offset)
  return text ? { span: found.occurrence.span, markdown: text } : undefined
}

function symbolText(context: ProgramContext, symbol: ProgramSymbol, offset: number): string | undefined {
  const { name, definition, kind } = symbol
  if (kind === 'map') {
    const types = context.types.map(name)
    const uses = symbol.occurrences.length
    const used = `Map, used in ${uses === 1 ? 'one place' : `${uses} places`} of this script.`
    const value = types?.value
    const kept = value?.kind === 'aggregate' ? context.catalog.function(value.aggregate)?.description : undefined
    const head = codeBlock(`${name}${formatKey(types?.key)}${value ? `: ${formatType(value)}` : ''}`)
    return [head, kept && `Values of \`${value?.kind === 'aggregate' ? value.aggregate : ''}()\`: ${kept}`, used]
      .filter(Boolean)
      .join('\n\n')
  }
  if (kind === 'variable' || kind === 'parameter') {
    const node = pathTo(context.tree.program, offset).at(-1)
    const type = node && context.types.typeOf(node)
    return codeBlock(type && type.kind !== 'none' ? `${name}: ${formatType(type)}` : name)
  }
  if (kind === 'positional') return `${codeBlock(name)}\n\nParameter ${name.slice(1)} of the command line.`
  return definition ? definitionText(context.tree.source, definition) : undefined
}

/** The head of a macro or function with the comment above it, a C definition as it stands. */
function definitionText(source: string, definition: Node): string {
  if (definition.kind !== 'Macro' && definition.kind !== 'Subprogram') {
    return codeBlock(source.slice(definition.span.start, definition.span.end), 'c')
  }
  const head = source.slice(definition.span.start, definition.body.span.start).trim()
  return [codeBlock(head), commentAbove(source, definition.span.start)].filter(Boolean).join('\n\n')
}

/** The comment lines directly above an item are its documentation. */
function commentAbove(source: string, start: number): string {
  const lines = source.slice(0, start).split('\n').slice(0, -1)
  const comment: string[] = []
  for (let i = lines.length - 1; i >= 0; i--) {
    const match = /^\s*(?:\/\/|#(?!\s*(?:include|define|if|endif|else))|\/?\*+)\s?(.*?)(?:\*\/)?\s*$/.exec(
      lines[i] ?? '',
    )
    if (!match) break
    comment.unshift(match[1] ?? '')
  }
  return comment.join('\n').trim()
}

function fieldText(context: ProgramContext, type: Type, name: string): string | undefined {
  if (type.kind === 'pointer') return fieldText(context, type.to, name)
  if (type.kind === 'record') {
    const field = type.fields.find((known) => known.name === name)
    return field && codeBlock(`.${name}: ${formatType(field.type)}`)
  }
  if (type.kind !== 'c') return undefined
  const [keyword, tag = ''] = type.name.split(' ')
  const record = type.record ?? context.kernel.record(keyword === 'union' ? 'union' : 'struct', tag)
  const found = record && findField(record, name)
  if (!found) return undefined
  const bits = found.field.bits ? ` : ${found.field.bits.size}` : ''
  const place = `Offset ${found.offset} in \`${type.name}\` (${formatCType(found.field.type)}).`
  return `${codeBlock(`${formatCDeclaration(found.field.type, name)}${bits};`, 'c')}\n\n${place}`
}
