import type { TextEdit } from '../../diagnostic.ts'
import type { Node } from '../../syntax/ast.ts'
import { walk } from '../../syntax/visit.ts'
import { migration } from '../migration.ts'

export default migration({
  name: 'bare-conditions',
  changedIn: '0.24',
  down(context) {
    const edits: TextEdit[] = []
    const { source } = context.tree
    walk(context.tree.program, (node) => {
      const [first, last] = head(node)
      if (first === undefined || last === undefined) return
      // The parentheses of these statements are no part of the condition.
      const before = source.slice(node.span.start, first.span.start)
      if (before.includes('(')) return
      edits.push({ span: { start: first.span.start, end: first.span.start }, newText: '(' })
      edits.push({ span: { start: last.span.end, end: last.span.end }, newText: ')' })
    })
    return { edits }
  },
})

function head(node: Node): readonly [Node?, Node?] {
  switch (node.kind) {
    case 'If':
    case 'While':
      return [node.condition, node.condition]
    case 'Unroll':
      return [node.count, node.count]
    case 'For':
      return [node.variable, node.iterable]
    default:
      return []
  }
}
