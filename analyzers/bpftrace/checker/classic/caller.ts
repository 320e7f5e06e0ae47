/** One call under the rule of its function: its arguments, and where its result goes. */
import type * as Ast from '../../syntax/ast.ts'
import { formatClassicKind, formatClassicType } from '../../types/format.ts'
import { none, type Type } from '../../types/type.ts'
import { bare, integerLiteral, isLiteral, report, type State, since, stringLiteral, typeOf } from './state.ts'

/** Where the result of a call goes: which functions may stand there depends on it. */
export type Use = 'map' | 'variable' | 'key' | 'other'

const uses = new WeakMap<Ast.Call, { readonly use: Use; readonly map: string | undefined }>()
export const useOf = (node: Ast.Call): Use => uses.get(node)?.use ?? 'other'
export const mapOfCall = (node: Ast.Call) => uses.get(node)?.map

/** Notes that a call is the right side of an assignment, or a key. */
export function noteUse(node: Ast.Expression, use: Use, map?: string): void {
  const inner = bare(node)
  if (inner.kind === 'Call') uses.set(inner, { use, map })
}

export type CallRule = (call: Caller) => Type

/** One call under its rule. */
export class Caller {
  readonly state: State
  readonly node: Ast.Call
  readonly name: string
  readonly args: readonly Ast.Expression[]

  constructor(state: State, node: Ast.Call) {
    this.state = state
    this.node = node
    this.name = node.callee.text
    this.args = node.arguments
  }

  type(index: number): Type {
    const argument = this.args[index]
    return argument ? typeOf(this.state, argument) : none
  }

  problem(text: string): void {
    report(this.state, 'argument-invalid', this.node.span, { name: this.name, problem: text })
  }

  /** Whether the number of arguments is right. */
  count(least: number, most = least): boolean {
    const found = this.args.length
    if (found >= least && found <= most) return true
    report(this.state, 'argument-count', this.node.span, { name: this.name, least, most, found })
    return false
  }

  /** Aggregates go into maps, and statements nowhere. */
  use(wanted: 'map' | 'variable' | 'nowhere'): void {
    const use = useOf(this.node)
    if (wanted === 'map' && use !== 'map')
      report(this.state, 'aggregate-not-assigned', this.node.span, { name: this.name })
    if (wanted === 'nowhere' && use !== 'other')
      report(this.state, 'assignment-not-allowed', this.node.span, { name: this.name })
    if (wanted === 'variable' && use !== 'variable') this.problem('should be assigned to a variable')
  }

  /** Whether an argument is of a kind; a literal is demanded at once, a type in the last pass. */
  argument(index: number, kind: string, literal = false): boolean {
    const argument = this.args[index]
    if (!argument) return false
    const type = this.type(index)
    if (type.kind === 'unknown') return !literal || isLiteral(this.state, argument)
    const label = kind === 'c' ? 'record' : kind
    if (literal && (!isLiteral(this.state, argument) || type.kind !== kind)) {
      report(this.state, 'argument-literal', this.node.span, {
        name: this.name,
        expected: label,
        type: formatClassicKind(type),
      })
      return false
    }
    if (this.state.final && type.kind !== kind) {
      if (since(this.state, '0.18') && ['boolean', 'aggregate', 'integer'].includes(type.kind) && kind === 'integer')
        return true
      report(this.state, 'argument-type', this.node.span, {
        name: this.name,
        expected: `${label} arguments`,
        type: formatClassicKind(type),
      })
      return false
    }
    return true
  }

  oneOf(index: number, expected: string, kinds: readonly string[]): boolean {
    const type = this.type(index)
    if (type.kind === 'unknown' || kinds.includes(type.kind)) return true
    if (type.kind === 'none' && !this.state.final) return true
    report(this.state, 'argument-type', this.node.span, { name: this.name, expected, type: formatClassicType(type) })
    return false
  }

  literal(index: number): bigint | undefined {
    const argument = this.args[index]
    return argument && integerLiteral(this.state, argument)
  }

  text(index: number): string | undefined {
    const argument = this.args[index]
    return argument && stringLiteral(this.state, argument)
  }
}
