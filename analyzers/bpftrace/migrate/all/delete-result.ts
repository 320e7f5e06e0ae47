import { migration, rewriteNodes, sourceOf } from '../migration.ts'

export default migration({
  name: 'delete-result',
  changedIn: '0.22',
  // `$ignore = delete(…)`: it returned nothing before.
  down: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'Assignment' && node.value.kind === 'Call' && node.value.callee.text === 'delete'
        ? { span: { start: node.span.start, end: node.value.span.end }, newText: sourceOf(context, node.value) }
        : undefined,
    ),
  }),
})
