import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'sym-to-ksym',
  changedIn: '0.10',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'Call' && node.callee.text === 'sym' ? { span: node.callee.span, newText: 'ksym' } : undefined,
    ),
  }),
})
