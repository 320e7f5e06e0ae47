/**
 * What ties a piece of a program to others: the names in it that may mean the same elsewhere, and in which ways it uses
 * them. Found once for each node, from its text alone.
 */
import type { Node } from '../syntax/ast.ts'
import { walk } from '../syntax/visit.ts'

/** Probe types that a program may have once, or that are told apart by their names. */
const counted = /^(begin|end|self|test|bench)$/i

/** What ties a piece of a program to others. */
export interface Things {
  /** Maps; options of the command line; and kinds of probes that are compared with each other. */
  readonly shared: readonly string[]
  /** How these are used: other ways may tell other things about them. */
  readonly uses: readonly string[]
  /** Of scratch variables. */
  readonly names: readonly string[]
  /** Of those that it makes known to the statements after it. */
  readonly defines: readonly string[]
  /** Whatever may be the name of a macro or function, its definition included. */
  readonly words: readonly string[]
  readonly imports: boolean
  readonly loops: boolean
  /** Also by a call of exit(). */
  readonly returns: boolean
}

const things = new WeakMap<Node, Things>()

export function thingsIn(root: Node): Things {
  const found = things.get(root) ?? findThings(root)
  things.set(root, found)
  return found
}

function findThings(root: Node): Things {
  const shared = new Set<string>()
  const uses = new Set<string>()
  const names = new Set<string>()
  const words = new Set<string>()
  let [imports, loops, returns] = [false, false, false]
  walk(root, (node) => {
    switch (node.kind) {
      case 'MapReference':
        shared.add(node.name)
        uses.add(node.name)
        return
      case 'MapAccess':
        uses.add(`${node.map.name}[${node.keys.map((key) => formOf(key)).join()}]`)
        return
      case 'Assignment':
        uses.add(`${mapName(node.target)} ${node.operator} ${formOf(node.value)}`)
        return
      case 'Update':
        uses.add(`${mapName(node.operand)}${node.operator}`)
        return
      case 'Variable':
        names.add(node.name)
        return
      case 'Macro':
      case 'Subprogram':
        words.add(node.name.text)
        uses.add(`define ${node.name.text}`)
        return
      case 'Identifier':
        words.add(node.name)
        return
      case 'Call':
        words.add(node.callee.text)
        if (node.callee.text === 'getopt') shared.add('getopt')
        for (const argument of node.arguments) uses.add(`${node.callee.text}(${mapName(argument)})`)
        returns ||= node.callee.text === 'exit'
        return
      case 'MapDeclaration':
        uses.add(`let ${node.map.name}`)
        return
      case 'AttachPoint': {
        const provider = node.parts[0]?.text ?? ''
        if (counted.test(provider)) shared.add(provider.toLowerCase())
        return
      }
      case 'Import':
        imports = true
        return
      case 'For':
      case 'While':
        loops = true
        return
      case 'Jump':
        returns ||= node.keyword === 'return'
        return
      default:
        return
    }
  })
  return {
    shared: [...shared],
    uses: [...uses],
    names: [...names],
    defines: definedBy(root),
    words: [...words],
    imports,
    loops,
    returns,
  }
}

function definedBy(root: Node): readonly string[] {
  if (root.kind === 'Assignment') return root.target.kind === 'Variable' ? [root.target.name] : []
  if (root.kind !== 'VariableDeclaration') return []
  return root.variable.kind === 'Variable' ? [root.variable.name] : []
}

/** The map that a node is or looks into, else nothing. */
const mapName = (node: Node): string =>
  node.kind === 'MapReference' ? node.name : node.kind === 'MapAccess' ? node.map.name : ''

/** How deep the form of an expression is told. */
const FORM_DEPTH = 3

/** What the type of an expression may hang on, as far as its text tells. */
function formOf(node: Node, depth = 0): string {
  const inner = (child: Node | null) => (child && depth < FORM_DEPTH ? formOf(child, depth + 1) : '')
  switch (node.kind) {
    case 'IntegerLiteral':
      return `int${widthOf(node.value ?? 0n)}`
    case 'StringLiteral':
      return `string${node.value.length}`
    case 'Call':
      return `${node.callee.text}(${node.arguments.map(inner).join()})`
    case 'Identifier':
    case 'Variable':
    case 'MapReference':
    case 'NamedType':
      return node.name
    case 'MapAccess':
      return node.map.name
    case 'FieldAccess':
      return `${inner(node.object)}.${node.field.kind === 'Name' ? node.field.text : ''}`
    case 'Binary':
      return `${inner(node.left)}${node.operator}${inner(node.right)}`
    case 'Unary':
      return `${node.operator}${inner(node.operand)}`
    case 'Parenthesized':
      return inner(node.expression)
    case 'Cast':
      return `(${inner(node.type)})`
    case 'PointerType':
      return `${inner(node.to)}*`
    case 'Conditional':
      return `?${inner(node.consequent)}:${inner(node.alternate)}`
    case 'Tuple':
      return `(${node.elements.map(inner).join()})`
    default:
      return node.kind
  }
}

/** An integer has the smallest type that holds it, with a sign or without. */
function widthOf(value: bigint): number {
  let bits = 7
  while (bits < 64 && value >= 1n << BigInt(bits)) bits += bits % 8 === 0 ? bits - 1 : 1
  return bits
}
