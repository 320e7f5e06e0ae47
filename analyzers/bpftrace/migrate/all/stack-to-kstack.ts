import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'stack-to-kstack',
  changedIn: '0.10',
  up: (context) => ({
    edits: rewriteNodes(context, (node) => {
      if (node.kind === 'Identifier' && node.name === 'stack') return { span: node.span, newText: 'kstack' }
      return node.kind === 'Call' && node.callee.text === 'stack'
        ? { span: node.callee.span, newText: 'kstack' }
        : undefined
    }),
  }),
})
