import type { TextEdit } from '../../diagnostic.ts'
import type { ProgramContext } from '../../program-context.ts'
import type { Block, Node, Probe } from '../../syntax/ast.ts'
import { children } from '../../syntax/visit.ts'
import { migration, wholeLine } from '../migration.ts'

export default migration({
  name: 'block-scope',
  changedIn: '0.22',
  up(context) {
    const edits: TextEdit[] = []
    for (const item of context.tree.program.items) {
      if (item.kind !== 'Probe') continue
      const names = escapingVariables(item)
      if (names.length === 0) continue
      const at = item.body.span.start + 1
      edits.push({ span: { start: at, end: at }, newText: names.map((name) => ` let ${name};`).join('') })
    }
    return { edits }
  },
  down: (context) => ({ edits: withoutDeclarations(context) }),
})

/** First assigned in an inner block and used outside of it: one variable then, unknown outside now. */
function escapingVariables(probe: Probe): string[] {
  const firstBlock = new Map<string, Block>()
  const escaping = new Set<string>()
  const declared = new Set<string>()
  const visit = (node: Node, blocks: readonly Block[]): void => {
    const inside = node.kind === 'Block' ? [...blocks, node] : blocks
    if (node.kind === 'VariableDeclaration' && node.variable.kind === 'Variable') declared.add(node.variable.name)
    // The variable of a loop belongs to the loop.
    if (node.kind === 'For' && node.variable.kind === 'Variable') declared.add(node.variable.name)
    if (node.kind === 'Variable' && !declared.has(node.name)) {
      const innermost = inside.at(-1)
      const first = firstBlock.get(node.name)
      if (first === undefined && innermost !== undefined) firstBlock.set(node.name, innermost)
      else if (first !== undefined && !inside.includes(first)) escaping.add(node.name)
    }
    for (const child of children(node)) visit(child, inside)
  }
  visit(probe.body, [])
  return [...escaping]
}

/** `let $x = 1` becomes `$x = 1`, and a bare `let $x` goes: every assignment declares there. */
function withoutDeclarations(context: ProgramContext): TextEdit[] {
  const { source } = context.tree
  const edits: TextEdit[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'VariableDeclaration' && node.variable.kind === 'Variable') {
      if (node.value === null) {
        const semicolon = /^\s*;/.exec(source.slice(node.span.end))?.[0].length ?? 0
        edits.push({ span: wholeLine(source, { start: node.span.start, end: node.span.end + semicolon }), newText: '' })
      } else {
        edits.push({ span: { start: node.span.start, end: node.variable.span.start }, newText: '' })
        if (node.type !== null)
          edits.push({ span: { start: node.variable.span.end, end: node.type.span.end }, newText: '' })
      }
    }
    for (const child of children(node)) visit(child)
  }
  visit(context.tree.program)
  return edits
}
