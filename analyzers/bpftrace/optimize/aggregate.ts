/** What counts or measures in the kernel the same that a `printf` tells line by line. */
import type { ProgramContext } from '../program-context.ts'
import type { Call, Expression, Node } from '../syntax/ast.ts'
import { nodesIn } from '../syntax/nodes-by-kind.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Type } from '../types/type.ts'
import { sourceOf } from './optimization.ts'

export function isPrintf(node: Node): node is Call {
  return node.kind === 'Call' && node.callee.text === 'printf'
}

/** A number that is measured becomes a histogram; everything else is what events are counted by. */
export function aggregateOf(context: ProgramContext, call: Call): string | undefined {
  const values = call.arguments.slice(1).filter((each) => !isClock(each))
  const types = values.map((each) => context.types.typeOf(each))
  if (values.length > MAX_KEYS || !types.every((type, i) => isKey(type, values[i]))) return undefined
  const map = freeMap(context)
  const measured = values.findLast((each, i) => types[i]?.kind === 'integer' && isMeasurement(each))
  const keys = values.filter((each) => each !== measured).map((each) => sourceOf(context, each))
  const target = keys.length === 0 ? map : `${map}[${keys.join(', ')}]`
  return measured === undefined ? `${target} = count()` : `${target} = hist(${sourceOf(context, measured)})`
}

const MAX_KEYS = 6

function isClock(node: Expression): boolean {
  return (node.kind === 'Identifier' || node.kind === 'Call') && /^(nsecs|elapsed|strftime|jiffies)$/.test(nameOf(node))
}

function nameOf(node: Expression): string {
  return node.kind === 'Identifier' ? node.name : node.kind === 'Call' ? node.callee.text : ''
}

function isKey(type: Type | undefined, node: Expression | undefined): boolean {
  if (node?.kind === 'StringLiteral' || node?.kind === 'IntegerLiteral') return true
  return type?.kind === 'integer' || type?.kind === 'string'
}

/** Times, sizes and results; not identities such as `pid` or a file descriptor. */
function isMeasurement(node: Expression): boolean {
  switch (node.kind) {
    case 'Variable':
    case 'Binary':
      return true
    case 'Identifier':
      return node.name === 'retval'
    case 'FieldAccess':
      return /(count|len|size|bytes|ret|nr_|delay|time|usec|nsec)/.test(node.field.text)
    case 'Parenthesized':
      return isMeasurement(node.expression)
    case 'Cast':
      return isMeasurement(node.operand)
    default:
      return false
  }
}

function freeMap(context: ProgramContext): string {
  const used = usedMaps(context.tree)
  let name = '@'
  for (let i = 1; used.has(name); i++) name = `@events${i === 1 ? '' : i}`
  return name
}

/** A program that prints in many places has one set of names. */
const mapsOf = new WeakMap<SyntaxTree, ReadonlySet<string>>()

function usedMaps(tree: SyntaxTree): ReadonlySet<string> {
  const known =
    mapsOf.get(tree) ??
    new Set(tree.program.items.flatMap((item) => nodesIn(item).mapReferences.map(({ name }) => name)))
  mapsOf.set(tree, known)
  return known
}
