import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'duration-literals',
  changedIn: '0.24',
  down: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'IntegerLiteral' && /\d(ns|us|ms|s|m|h|d)$/.test(node.text) && node.value !== null
        ? { span: node.span, newText: node.value.toString() }
        : undefined,
    ),
  }),
})
