/**
 * Where a finding stands in the syntax tree, for the fixes that have to know more than its place: the node itself, what
 * is around it, what else there is of a name. Nothing here edits.
 */
import type { Span } from '../diagnostic.ts'
import { itemAround } from '../program-context.ts'
import type { Block, Call, Expression, Node, NodeKind, Statement } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { pathTo, walk } from '../syntax/visit.ts'

export type NodeOf<K extends NodeKind> = Extract<Node, { readonly kind: K }>

const isOf = <K extends NodeKind>(node: Node, kinds: readonly K[]): node is NodeOf<K> =>
  kinds.some((kind) => kind === node.kind)

/** The node of one of these kinds that covers exactly this place; what came out of a macro has none. */
export function nodeAt<K extends NodeKind>({ program }: SyntaxTree, span: Span, ...kinds: K[]): NodeOf<K> | undefined {
  for (const node of pathTo(program, span.start)) {
    if (node.span.start === span.start && node.span.end === span.end && isOf(node, kinds)) return node
  }
  return undefined
}

/** The innermost node of one of these kinds around a place. */
export function around<K extends NodeKind>({ program }: SyntaxTree, span: Span, ...kinds: K[]): NodeOf<K> | undefined {
  const covers = pathTo(program, span.start).filter(
    (node) => node.span.start <= span.start && span.end <= node.span.end,
  )
  return covers.findLast((node): node is NodeOf<K> => isOf(node, kinds))
}

export const callAt = (tree: SyntaxTree, span: Span): Call | undefined => nodeAt(tree, span, 'Call')

/** The statement around a place, and the block that it is a part of. */
export function statementAround(
  tree: SyntaxTree,
  span: Span,
): { readonly statement: Statement; readonly block: Block } | undefined {
  const block = around(tree, span, 'Block')
  const statement = block?.statements.find((each) => each.span.start <= span.start && span.end <= each.span.end)
  return block && statement ? { statement, block } : undefined
}

/** Every node of a kind inside the probe, macro or function around a place. */
export function allAround<K extends NodeKind>(tree: SyntaxTree, span: Span, ...kinds: K[]): readonly NodeOf<K>[] {
  const item = itemAround(tree, span.start)
  return item ? allIn(item, ...kinds) : []
}

export function allIn<K extends NodeKind>(root: Node, ...kinds: K[]): readonly NodeOf<K>[] {
  const known = foundIn.get(root) ?? new Map<string, readonly Node[]>()
  foundIn.set(root, known)
  const key = kinds.join()
  const nodes = known.get(key) ?? everyIn(root, kinds)
  known.set(key, nodes)
  return nodes.filter((node): node is NodeOf<K> => isOf(node, kinds))
}

/** Hundreds of findings of one probe ask for the same nodes. */
const foundIn = new WeakMap<Node, Map<string, readonly Node[]>>()

function everyIn(root: Node, kinds: readonly NodeKind[]): readonly Node[] {
  const found: Node[] = []
  walk(root, (node) => {
    if (isOf(node, kinds)) found.push(node)
  })
  return found
}

export const textOf = ({ source }: SyntaxTree, { span }: Node): string => source.slice(span.start, span.end)

/** `name`, or the first of `name2`, `name3` … that the program does not hold. */
export function freeName({ source }: SyntaxTree, name: string): string {
  const isTaken = (wanted: string) => new RegExp(`(?<![\\w$@])${wanted.replace('$', '\\$')}(?!\\w)`).test(source)
  for (let number = 1; number < MOST_TRIED; number++) {
    const wanted = number === 1 ? name : `${name}${number}`
    if (!isTaken(wanted)) return wanted
  }
  return `${name}_${MOST_TRIED}`
}

const MOST_TRIED = 100

/** What a variable is in the whole probe, when it is given a value in one place only. */
export function onlyValue(tree: SyntaxTree, span: Span, name: string): Expression | undefined {
  const values = allAround(tree, span, 'Assignment', 'VariableDeclaration', 'Update', 'For').flatMap((each) => {
    if (each.kind === 'Assignment') {
      const isIt = each.target.kind === 'Variable' && each.target.name === name
      return isIt ? [each.operator === '=' ? each.value : undefined] : []
    }
    if (each.kind === 'Update') return each.operand.kind === 'Variable' && each.operand.name === name ? [undefined] : []
    const isIt = each.variable.kind === 'Variable' && each.variable.name === name
    if (!isIt) return []
    return each.kind === 'For' ? [undefined] : (each.value ?? [])
  })
  return values.length === 1 ? values[0] : undefined
}
