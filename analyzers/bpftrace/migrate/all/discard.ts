import { migration, rewriteNodes, sourceOf } from '../migration.ts'

export default migration({
  name: 'discard-warn',
  changedIn: '0.25',
  // Which values must not be dropped unsaid is the checker's to know: its fix for `discarded-value` adds the `_ =`.
  down: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'Discard'
        ? { span: { start: node.span.start, end: node.value.span.end }, newText: sourceOf(context, node.value) }
        : undefined,
    ),
  }),
})
