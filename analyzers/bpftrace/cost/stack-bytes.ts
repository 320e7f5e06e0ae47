/**
 * How much of the 512 bytes of BPF stack a probe's program takes: its scratch variables and the largest key and value it
 * has to build. Strings and other values beyond `on_stack_limit` lie in a buffer of each CPU instead (since 0.22).
 */
import type { ProgramContext } from '../program-context.ts'
import type { Node, Probe } from '../syntax/ast.ts'
import { nodesIn } from '../syntax/nodes-by-kind.ts'
import { sizeOf } from '../types/size.ts'
import { atLeast } from '../version.ts'
import { mapLayout } from './map-memory.ts'

/** The verifier's limit. */
export const BPF_STACK_BYTES = 512
/** Default of `on_stack_limit`. */
const ON_STACK_LIMIT = 32
const WORD = 8

const round8 = (bytes: number) => Math.ceil(bytes / WORD) * WORD

export function stackBytes(context: ProgramContext, probe: Probe): number {
  const limit = atLeast(context.catalog.version, '0.22') ? ON_STACK_LIMIT : Number.POSITIVE_INFINITY
  const { stackMap } = mapLayout(context.catalog.version)
  const onStack = (node: Node): number => {
    const type = context.types.typeOf(node)
    // Older versions keep stacks in a map of their own and have only a number of it at hand.
    if (type?.kind === 'stack' && stackMap !== null) return stackMap.reference
    const size = type === undefined ? WORD : sizeOf(type) || WORD
    return size > limit ? 0 : round8(size)
  }
  const { variables, mapReferences, mapAccesses, assignments } = nodesIn(probe)
  const byName = new Map<string, number>()
  for (const variable of variables) {
    const bytes = onStack(variable)
    if (bytes > (byName.get(variable.name) ?? 0)) byName.set(variable.name, bytes)
  }
  let bytes = 0
  for (const each of byName.values()) bytes += each
  let largestKey = mapReferences.length > 0 ? WORD : 0
  for (const { keys } of mapAccesses) {
    let key = 0
    for (const each of keys) key += onStack(each)
    largestKey = Math.max(largestKey, key)
  }
  let largestValue = 0
  for (const { target, value } of assignments) {
    if (target.kind !== 'Variable') largestValue = Math.max(largestValue, onStack(value))
  }
  return bytes + largestKey + largestValue
}
