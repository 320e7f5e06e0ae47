/** Generic traversal: the children of a node in source order, and walks over a whole subtree without recursion. */
import type { Node, NodeKind } from './ast.ts'

const none: readonly Node[] = []

/** The child nodes in source order. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'Program':
      return node.items
    case 'Config':
      return node.entries
    case 'ConfigEntry':
      return [node.key, node.value]
    case 'Import':
      return [node.path]
    case 'MapDeclaration':
      return [node.map, node.type, node.size]
    case 'Macro':
      return [node.name, ...node.parameters, node.body]
    case 'Subprogram':
      return [node.name, ...node.parameters, node.returns, node.body]
    case 'SubprogramParameter':
      return [node.variable, node.type]
    case 'Probe':
      return node.predicate ? [...node.attachPoints, node.predicate, node.body] : [...node.attachPoints, node.body]
    case 'Predicate':
      return [node.condition]
    case 'Block':
      return node.result ? [...node.statements, node.result] : node.statements
    case 'ExpressionStatement':
    case 'Parenthesized':
      return [node.expression]
    case 'Assignment':
      return [node.target, node.value]
    case 'VariableDeclaration':
      return present(node.variable, node.type, node.value)
    case 'Discard':
      return [node.value]
    case 'Jump':
      return present(node.value)
    case 'While':
      return [node.condition, node.body]
    case 'Unroll':
      return [node.count, node.body]
    case 'For':
      return [node.variable, node.iterable, node.body]
    case 'MapAccess':
      return [node.map, ...node.keys]
    case 'Call':
      return [node.callee, ...node.arguments]
    case 'Unary':
    case 'Update':
    case 'AddressOf':
    case 'Comptime':
      return [node.operand]
    case 'Binary':
      return [node.left, node.right]
    case 'Conditional':
      return present(node.condition, node.consequent, node.alternate)
    case 'FieldAccess':
      return [node.object, node.field]
    case 'TupleAccess':
    case 'IndexAccess':
      return [node.object, node.index]
    case 'Cast':
      return [node.type, node.operand]
    case 'Tuple':
      return node.elements
    case 'Record':
      return node.fields
    case 'RecordField':
      return [node.name, node.value]
    case 'Range':
      return [node.start, node.end]
    case 'If':
      return present(node.condition, node.consequent, node.alternate)
    case 'Sizeof':
    case 'Typeinfo':
    case 'Typeof':
      return [node.argument]
    case 'Offsetof':
      return [node.argument, ...node.path]
    case 'PointerType':
      return [node.to]
    case 'ArrayType':
      return present(node.of, node.size)
    case 'Preprocessor':
    case 'CDefinition':
    case 'AttachPoint':
    case 'Identifier':
    case 'IntegerLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
    case 'Variable':
    case 'PositionalParameter':
    case 'ParameterCount':
    case 'MapReference':
    case 'NamedType':
    case 'MissingType':
    case 'Name':
    case 'Missing':
    case 'Error':
      return none
    default:
      return unreachable(node)
  }
}

/**
 * Calls `enter` for every node of the subtree, parents first and in source order. Returning `false` skips the node's
 * children. Depth costs heap, not stack.
 */
export function walk(root: Node, enter: (node: Node) => unknown): void {
  switch (root.kind) {
    case 'Program':
      if (enter(root) !== false) for (const item of root.items) walk(item, enter)
      break
    case 'Probe':
    case 'Macro':
    case 'Subprogram':
      if (enter(root) === false) break
      for (const part of children(root)) {
        if (part.kind === 'Block') walk(part, enter)
        else if (part.kind === 'AttachPoint') enter(part)
        else walkLaidOut(part, enter)
      }
      break
    case 'Block':
      if (enter(root) !== false) for (const part of children(root)) walkLaidOut(part, enter)
      break
    default:
      walkLaidOut(root, enter)
  }
}

function walkLaidOut(root: Node, enter: (node: Node) => unknown): void {
  const { nodes, next } = orderOf(root)
  for (let i = 0; i < nodes.length; ) {
    const node = nodes[i]
    if (!node) return
    i = enter(node) === false ? (next[i] ?? nodes.length) : i + 1
  }
}

/** A subtree laid out once: every node before its children. */
interface Order {
  readonly nodes: readonly Node[]
  /** For each node the index behind its subtree. */
  readonly next: readonly number[]
}

/**
 * Dozens of rules walk the same program, and laying it out once is most of the work saved. An edited program is another,
 * and so is an edited probe, but most statements of its body are those of the one before.
 */
const orders = new WeakMap<Node, Order>()
const walkedOften: ReadonlySet<NodeKind> = new Set([
  ...(['Predicate', 'ExpressionStatement', 'Assignment', 'VariableDeclaration', 'Discard', 'Jump'] as const),
  ...(['While', 'Unroll', 'For', 'If', 'Config', 'MapDeclaration'] as const),
])

function orderOf(root: Node): Order {
  const known = orders.get(root)
  if (known) return known
  const order = layOut(root)
  if (walkedOften.has(root.kind)) orders.set(root, order)
  return order
}

function layOut(root: Node): Order {
  const nodes: Node[] = []
  const next: number[] = []
  const pending: Node[] = [root]
  // For each node whose subtree is open, its index and how many nodes were pending before its children.
  const open: { index: number; depth: number }[] = []
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (let last = open.at(-1); last && pending.length < last.depth; last = open.at(-1)) {
      next[last.index] = nodes.length
      open.pop()
    }
    const inner = children(node)
    const index = nodes.push(node) - 1
    if (inner.length === 0) {
      next[index] = index + 1
      continue
    }
    open.push({ index, depth: pending.length })
    for (let i = inner.length - 1; i >= 0; i--) {
      const child = inner[i]
      if (child) pending.push(child)
    }
  }
  for (const { index } of open) next[index] = nodes.length
  return { nodes, next }
}

/** The chain of nodes from the root down to the innermost one that contains `offset` (its end included). */
export function pathTo(root: Node, offset: number): readonly Node[] {
  const path: Node[] = []
  let node: Node | undefined = root
  while (node) {
    path.push(node)
    node = innermost(children(node), offset)
  }
  return path
}

function innermost(nodes: readonly Node[], offset: number): Node | undefined {
  let touching: Node | undefined
  for (const node of nodes) {
    if (node.span.start <= offset && offset < node.span.end) return node
    if (node.span.end === offset || (node.span.start === offset && node.span.end === offset)) touching = node
  }
  return touching
}

function present(...nodes: readonly (Node | null)[]): readonly Node[] {
  return nodes.filter((node) => node !== null)
}

function unreachable(node: never): never {
  throw new Error(`unknown node ${JSON.stringify(node)}`)
}
