import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'common-fields',
  changedIn: '0.13',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'FieldAccess' && node.field.text === 'common_pid' ? { span: node.span, newText: 'pid' } : undefined,
    ),
  }),
})
