import { migration, rewriteNodes, sourceOf } from '../migration.ts'

export default migration({
  name: 'sizeof-literal',
  changedIn: '0.26',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'Sizeof' && node.argument.kind === 'IntegerLiteral'
        ? { span: node.argument.span, newText: `(int64)${sourceOf(context, node.argument)}` }
        : undefined,
    ),
  }),
})
