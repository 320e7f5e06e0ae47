/**
 * What a name is, where the letters alone do not tell: parameters, fields, macros, builtins, what is deprecated in the
 * target version. Keywords, numbers and strings are left to the grammar.
 */
import type { Span } from './diagnostic.ts'
import { isDeprecated, type ProgramContext, probeTypeOf } from './program-context.ts'
import type { SymbolKind } from './symbols.ts'
import type { Node } from './syntax/ast.ts'
import { walk } from './syntax/visit.ts'

export const tokenTypes = [
  'variable',
  'parameter',
  'property',
  'function',
  'macro',
  'type',
  'enumMember',
  'event',
] as const
export type TokenType = (typeof tokenTypes)[number]
export const tokenModifiers = [
  'declaration',
  'readonly',
  'static',
  'modification',
  'deprecated',
  'defaultLibrary',
] as const
export type TokenModifier = (typeof tokenModifiers)[number]

export interface SemanticToken {
  readonly span: Span
  readonly type: TokenType
  readonly modifiers: readonly TokenModifier[]
}

const symbolTypes: Readonly<Record<SymbolKind, TokenType>> = {
  map: 'variable',
  variable: 'variable',
  parameter: 'parameter',
  positional: 'parameter',
  macro: 'macro',
  function: 'function',
  type: 'type',
  constant: 'enumMember',
}

/** In source order, without overlaps; `within` limits them to what touches a span. */
export function semanticTokens(context: ProgramContext, within?: Span): readonly SemanticToken[] {
  const tokens = new Map<number, SemanticToken>()
  const add = (token: SemanticToken | undefined) => {
    if (token && token.span.end > token.span.start && (!within || touches(token.span, within))) {
      if (!tokens.has(token.span.start)) tokens.set(token.span.start, token)
    }
  }
  for (const { kind, occurrences } of context.symbols.all) {
    for (const { span, access } of occurrences) {
      const modifiers: TokenModifier[] = []
      if (access === 'declaration') modifiers.push('declaration')
      if (kind === 'map') modifiers.push('static')
      if (kind === 'positional' || kind === 'constant') modifiers.push('readonly')
      if (access === 'write' || access === 'readwrite') modifiers.push('modification')
      add({ span, type: symbolTypes[kind], modifiers })
    }
  }
  walk(context.tree.program, (node) => {
    if (within && !touches(node.span, within)) return false
    for (const token of languageTokens(context, node)) add(token)
    return true
  })
  return [...tokens.values()].sort((a, b) => a.span.start - b.span.start)
}

function languageTokens({ catalog }: ProgramContext, node: Node): SemanticToken[] {
  const library = (deprecated: boolean): TokenModifier[] => [
    'defaultLibrary',
    ...(deprecated ? ['deprecated' as const] : []),
  ]
  switch (node.kind) {
    case 'Identifier': {
      const entry = catalog.builtin(node.name)
      if (!entry || entry.kind === 'literal') return []
      return [{ span: node.span, type: 'variable', modifiers: ['readonly', ...library(isDeprecated(catalog, entry))] }]
    }
    case 'Call': {
      const entry = catalog.function(node.callee.text)
      if (!entry) return []
      return [{ span: node.callee.span, type: 'function', modifiers: library(isDeprecated(catalog, entry)) }]
    }
    case 'FieldAccess':
      return [{ span: node.field.span, type: 'property', modifiers: [] }]
    case 'RecordField':
      return [{ span: node.name.span, type: 'property', modifiers: ['declaration'] }]
    case 'ConfigEntry': {
      const entry = catalog.configKey(node.key.text)
      const modifiers = library(entry !== undefined && isDeprecated(catalog, entry))
      return entry ? [{ span: node.key.span, type: 'property', modifiers }] : []
    }
    case 'NamedType':
      if (!node.keyword) return []
      return [{ span: { start: node.span.end - node.name.length, end: node.span.end }, type: 'type', modifiers: [] }]
    case 'AttachPoint': {
      const entry = probeTypeOf(catalog, node)
      const provider = node.parts[0]
      if (!entry || !provider || !isDeprecated(catalog, entry)) return []
      return [{ span: provider.span, type: 'event', modifiers: ['deprecated'] }]
    }
    default:
      return []
  }
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end
}
