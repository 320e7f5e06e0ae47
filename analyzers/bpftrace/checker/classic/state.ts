/**
 * What the passes over a tree share: the types of nodes, variables and maps as known so far. The compiler before 0.24
 * goes over the tree ten times with the same rules, until every type has come through; most faults are named in the
 * last pass, some at once.
 */
import type { Span } from '../../diagnostic.ts'
import type { Code, DataOf } from '../../diagnostics/index.ts'
import type { Expression, Node, Probe } from '../../syntax/ast.ts'
import { none, type Type } from '../../types/type.ts'
import { atLeast } from '../../version.ts'
import type { AttachPoint } from '../attach-points/attach-point.ts'
import type { Environment } from '../environment.ts'

export interface State {
  readonly environment: Environment
  readonly types: Map<Node, Type>
  /** Per probe; since 0.22 innermost block last. */
  scopes: Map<string, Type>[]
  readonly variables: Map<Probe, Map<string, Type>>
  readonly mapValues: Map<string, Type>
  readonly mapKeys: Map<string, readonly Type[]>
  /** Shapes of the linear histograms that maps hold. */
  readonly bounds: Map<string, string>
  /** Text of C macros, parsed. */
  readonly macros: Map<string, Expression | undefined>
  probe: Probe | undefined
  points: readonly AttachPoint[]
  final: boolean
  /** Anything learned in this pass. */
  changed: boolean
  /** The function whose arguments are being read, and which of them. */
  call: string
  argument: number
  loops: number
  /** A positional parameter stands inside the str() being read. */
  parameterInStr: boolean
  /** Where findings go that lie in the replacement of a macro. */
  place: Span | undefined
  /** Names of the macros whose text is being read, the outermost first. */
  readonly activeMacros: string[]
  /** Uses of macros inside the text of macros. */
  macroUses: number
}

export const since = (state: State, version: string) => atLeast(state.environment.version, version)

export const typeOf = (state: State, node: Node): Type => state.types.get(node) ?? none

export function setType(state: State, node: Node, type: Type): void {
  state.types.set(node, type)
}

export function report<C extends Code>(state: State, code: C, span: Span, data: DataOf<C>): void {
  state.environment.findings.report(code, state.place ?? span, data)
}

/** For faults that are named only once all types are known. */
export function reportLast<C extends Code>(state: State, code: C, span: Span, data: DataOf<C>): void {
  if (state.final) report(state, code, span, data)
}

/** The node without its parentheses. */
export function bare(node: Expression): Expression {
  let inner = node
  while (inner.kind === 'Parenthesized') inner = inner.expression
  return inner
}

/** Macros that stand for macros are followed so far; one may stand for itself. */
const MACRO_LINKS = 32

export function integerLiteral(state: State, node: Expression, links = 0): bigint | undefined {
  const inner = bare(node)
  switch (inner.kind) {
    case 'IntegerLiteral':
      return inner.value ?? undefined
    case 'Unary': {
      const operand = bare(inner.operand)
      return inner.operator === '-' && operand.kind === 'IntegerLiteral' && operand.value !== null
        ? -operand.value
        : undefined
    }
    case 'PositionalParameter': {
      const text = state.environment.params[inner.index - 1] ?? '0'
      return /^-?(0x[0-9a-f]+|\d+)$/i.test(text)
        ? BigInt(text.replace(/^-/, '')) * (text.startsWith('-') ? -1n : 1n)
        : undefined
    }
    case 'Identifier': {
      const replacement = state.macros.get(inner.name)
      return replacement && links < MACRO_LINKS ? integerLiteral(state, replacement, links + 1) : undefined
    }
    case 'ParameterCount':
      return BigInt(state.environment.params.length)
    default:
      return undefined
  }
}

export const isStackMode = (state: State, name: string) =>
  name === 'bpftrace' || name === 'perf' || (name === 'raw' && since(state, '0.18'))

export function stringLiteral(state: State, node: Expression): string | undefined {
  const inner = bare(node)
  if (inner.kind === 'StringLiteral') return inner.value
  if (inner.kind !== 'Call' || inner.callee.text !== 'str') return undefined
  const [argument] = inner.arguments
  const parameter = argument && bare(argument)
  return parameter?.kind === 'PositionalParameter' ? (state.environment.params[parameter.index - 1] ?? '') : undefined
}

export function isLiteral(state: State, node: Expression): boolean {
  const inner = bare(node)
  if (inner.kind === 'StringLiteral' || inner.kind === 'PositionalParameter' || inner.kind === 'ParameterCount')
    return true
  if (inner.kind === 'Identifier' && isStackMode(state, inner.name)) return true
  return integerLiteral(state, inner) !== undefined || stringLiteral(state, inner) !== undefined
}
