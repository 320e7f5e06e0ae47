import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'upper-suffix',
  changedIn: '0.24',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'IntegerLiteral' && /[0-9a-fA-F][uUlL]*[UL]+[uUlL]*$/.test(node.text)
        ? { span: node.span, newText: node.text.replace(/[uUlL]+$/, (suffix) => suffix.toLowerCase()) }
        : undefined,
    ),
  }),
})
