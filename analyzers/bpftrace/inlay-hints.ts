/** Small texts between the code: the types of variables and maps where they get them, and what literal arguments mean. */
import type { Span } from './diagnostic.ts'
import type { ProgramContext } from './program-context.ts'
import { declarationOf } from './symbols.ts'
import type { Call, Expression } from './syntax/ast.ts'
import { walk } from './syntax/visit.ts'
import { formatType } from './types/format.ts'
import type { Type } from './types/type.ts'

export interface InlayHint {
  readonly kind: 'type' | 'parameter'
  readonly offset: number
  readonly label: string
  readonly tooltip: string
}

export interface HintOptions {
  readonly types: boolean
  readonly parameterNames: boolean
}

export function inlayHints(context: ProgramContext, within: Span, options: HintOptions): readonly InlayHint[] {
  const hints: InlayHint[] = []
  const firstPlaces = options.types ? declaringPlaces(context) : new Set<number>()
  walk(context.tree.program, (node) => {
    if (node.span.end < within.start || node.span.start > within.end) return false
    if (options.types) hints.push(...typeHints(context, node, firstPlaces))
    if (options.parameterNames && node.kind === 'Call') hints.push(...parameterHints(context, node))
    return true
  })
  return hints
}

/** Where each variable and map is declared or first written: its type is said once. */
function declaringPlaces({ symbols }: ProgramContext): Set<number> {
  const places = symbols.all
    .filter(({ kind }) => kind === 'variable' || kind === 'map')
    .flatMap((symbol) => declarationOf(symbol)?.span.start ?? [])
  return new Set(places)
}

function typeHints(
  context: ProgramContext,
  node: Parameters<typeof context.types.typeOf>[0],
  first: Set<number>,
): InlayHint[] {
  if (node.kind === 'VariableDeclaration') {
    const { variable } = node
    return node.type || variable.kind === 'Missing' ? [] : variableHint(context, variable, first)
  }
  if (node.kind === 'For') return node.variable.kind === 'Missing' ? [] : variableHint(context, node.variable, first)
  if (node.kind !== 'Assignment' || node.operator !== '=') return []
  if (node.target.kind === 'Variable') return isSaid(node.value) ? [] : variableHint(context, node.target, first)
  const map = node.target.kind === 'MapAccess' ? node.target.map : node.target
  if (map.kind !== 'MapReference' || !first.has(map.span.start)) return []
  const value = context.types.map(map.name)?.value
  return known(value) ? [typeHint(node.target.span.end, value, `Values of ${map.name}`)] : []
}

function variableHint(context: ProgramContext, variable: Expression, first: Set<number>): InlayHint[] {
  const type = first.has(variable.span.start) ? context.types.typeOf(variable) : undefined
  return known(type) ? [typeHint(variable.span.end, type, 'Type of the variable')] : []
}

function known(type: Type | undefined): type is Type {
  return type !== undefined && type.kind !== 'none' && type.kind !== 'unknown'
}

/** A cast or a text says its own type. */
function isSaid(value: Expression): boolean {
  return value.kind === 'Cast' || value.kind === 'StringLiteral' || value.kind === 'BooleanLiteral'
}

function typeHint(offset: number, type: Type, what: string): InlayHint {
  const text = formatType(type)
  return { kind: 'type', offset, label: `: ${text}`, tooltip: `${what}: ${text}` }
}

/** Names for bare literals only, and only where there is more than one argument to confuse. */
function parameterHints({ catalog }: ProgramContext, call: Call): InlayHint[] {
  const entry = catalog.function(call.callee.text)
  const count = call.arguments.length
  const signature = entry?.signatures.find(({ params }) => params.length >= count)
  if (!entry || !signature || count < 2) return []
  return call.arguments.flatMap((argument, index): InlayHint[] => {
    const parameter = signature.params[index]
    if (
      !parameter ||
      parameter.variadic ||
      parameter.name.length < 2 ||
      !isLiteral(argument) ||
      parameter.name === 'fmt'
    ) {
      return []
    }
    const tooltip = `Parameter ${parameter.name}: ${parameter.type} of ${entry.name}()`
    return [{ kind: 'parameter', offset: argument.span.start, label: `${parameter.name}:`, tooltip }]
  })
}

function isLiteral(node: Expression): boolean {
  if (node.kind === 'Unary') return isLiteral(node.operand)
  return node.kind === 'IntegerLiteral' || node.kind === 'BooleanLiteral' || node.kind === 'StringLiteral'
}
