/** The names of a program that another may use too: maps, macros and functions. */
import { applyEdits } from '../apply-edits.ts'
import type { TextEdit } from '../diagnostic.ts'
import type { Node } from '../syntax/ast.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { walk } from '../syntax/visit.ts'

/** Maps with `@`, macros and functions as they are. */
export function namesOf(tree: SyntaxTree): Set<string> {
  const names = new Set<string>()
  walk(tree.program, (node) => {
    if (node.kind === 'MapReference') names.add(node.name)
    if (node.kind === 'Macro' || node.kind === 'Subprogram') names.add(node.name.text)
  })
  return names
}

/** New names for those that are taken; none of them is used anywhere. */
export function clashes(
  names: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  everywhere: ReadonlySet<string>,
  number: number,
): Map<string, string> {
  const renames = new Map<string, string>()
  const used = new Set(everywhere)
  for (const name of names) {
    if (!taken.has(name)) continue
    const base = name === '@' ? '@map' : name
    let count = number
    while (used.has(`${base}_${count}`)) count++
    renames.set(name, `${base}_${count}`)
    used.add(`${base}_${count}`)
  }
  return renames
}

export function renameAll(tree: SyntaxTree, renames: ReadonlyMap<string, string>): string {
  return applyEdits(tree.source, renameEdits(tree.program, renames))
}

/** Maps, macros, functions and variables (with their signs) below a node. */
export function renameEdits(root: Node, renames: ReadonlyMap<string, string>): TextEdit[] {
  const edits: TextEdit[] = []
  const rename = (node: Node, name: string) => {
    const newText = renames.get(name)
    if (newText !== undefined) edits.push({ span: node.span, newText })
  }
  walk(root, (node) => {
    switch (node.kind) {
      case 'MapReference':
      case 'Variable':
      case 'Identifier':
        return rename(node, node.name)
      case 'Call':
        return rename(node.callee, node.callee.text)
      case 'Macro':
      case 'Subprogram':
        return rename(node.name, node.name.text)
      default:
        return undefined
    }
  })
  return edits
}
