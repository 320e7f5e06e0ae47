/**
 * What a module really refers to, read from its syntax tree: every kind of import (types too, which bundlers drop) and
 * every global name. It knows nothing of rooms or rules.
 */
import { type ESTree, parseSync, Visitor } from 'rolldown/utils'

export interface Reference {
  /** Module specifier or, among the globals, a name (`process`) or a name and member (`Math.random`). */
  readonly name: string
  readonly line: number
}

export interface References {
  readonly imports: readonly Reference[]
  readonly globals: readonly Reference[]
  /** Imports whose module is computed while running: nobody can tell what they bring in. */
  readonly computed: readonly Reference[]
}

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Names that a pattern, a parameter or a declaration binds. */
function boundNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames)
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    default:
      return []
  }
}

export function readReferences(path: string, source: string): References {
  const { program, errors } = parseSync(path, source)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  const lineOf = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1

  const imports: Reference[] = []
  const computed: Reference[] = []
  const globals: Reference[] = []
  const bound = new Set<string>()
  /** Offsets of identifiers that name a property, not a variable. */
  const properties = new Set<number>()
  const bind = (...patterns: unknown[]) => {
    for (const name of patterns.flatMap(boundNames)) bound.add(name)
  }
  const addImport = (node: { start: number }, module: unknown) => {
    const line = lineOf(node.start)
    const name = isNode(module) && module.type === 'Literal' && typeof module.value === 'string' && module.value
    if (name) imports.push({ name, line })
    else computed.push({ name: 'import', line })
  }
  const bindFunction = (node: { id?: unknown; params: unknown[] }) => bind(node.id, ...node.params)

  new Visitor({
    ImportDeclaration: (node) => addImport(node, node.source),
    ExportAllDeclaration: (node) => addImport(node, node.source),
    ExportNamedDeclaration: (node) => node.source && addImport(node, node.source),
    ImportExpression: (node) => addImport(node, node.source),
    TSImportType: (node) => addImport(node, node.source),
    TSExternalModuleReference: (node) => addImport(node, node.expression),
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') addImport(node, node.arguments[0])
      // `Date()` reads the clock whatever it is given.
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date') {
        globals.push({ name: 'Date()', line: lineOf(node.start) })
      }
    },
    NewExpression(node) {
      // `new Date(0)` is arithmetic; `new Date()` reads the clock.
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        globals.push({ name: 'new Date()', line: lineOf(node.start) })
      }
    },
    ImportSpecifier: (node) => bind(node.local),
    ImportDefaultSpecifier: (node) => bind(node.local),
    ImportNamespaceSpecifier: (node) => bind(node.local),
    VariableDeclarator: (node) => bind(node.id),
    FunctionDeclaration: bindFunction,
    FunctionExpression: bindFunction,
    ArrowFunctionExpression: bindFunction,
    CatchClause: (node) => bind(node.param),
    ClassDeclaration: (node) => bind(node.id),
    Property: (node) => !node.computed && !node.shorthand && properties.add(node.key.start),
    PropertyDefinition: (node) => !node.computed && properties.add(node.key.start),
    MethodDefinition: (node) => !node.computed && properties.add(node.key.start),
    TSPropertySignature: (node) => !node.computed && properties.add(node.key.start),
    TSMethodSignature: (node) => !node.computed && properties.add(node.key.start),
    LabeledStatement: (node) => properties.add(node.label.start),
    MemberExpression(node) {
      if (node.computed) return
      properties.add(node.property.start)
      if (node.object.type === 'Identifier' && node.property.type === 'Identifier') {
        globals.push({ name: `${node.object.name}.${node.property.name}`, line: lineOf(node.start) })
      }
    },
    Identifier(node) {
      if (!properties.has(node.start)) globals.push({ name: node.name, line: lineOf(node.start) })
    },
  }).visit(program)

  const isFree = ({ name }: Reference) => !bound.has(name.split('.')[0] ?? name)
  return { imports, computed, globals: globals.filter(isFree) }
}
