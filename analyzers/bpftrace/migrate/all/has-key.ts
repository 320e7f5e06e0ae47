import type { Expression } from '../../syntax/ast.ts'
import { migration, rewriteNodes, sourceOf } from '../migration.ts'

export default migration({
  name: 'has-key',
  changedIn: '0.22',
  down(context) {
    const edits = rewriteNodes(context, (node) => {
      if (node.kind !== 'Call' || node.callee.text !== 'has_key') return undefined
      const [map, key] = node.arguments
      if (map?.kind !== 'MapReference' || key === undefined) return undefined
      const parts = (value: Expression) =>
        value.kind === 'Tuple'
          ? value.elements.map((each) => sourceOf(context, each)).join(', ')
          : sourceOf(context, value)
      return { span: node.span, newText: `${map.name}[${parts(key)}]` }
    })
    return {
      edits,
      notes:
        edits.length === 0 ? [] : ['`has_key(@map, key)` became `@map[key]`: an entry that holds 0 counts as missing.'],
    }
  },
})
