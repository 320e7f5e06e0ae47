import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'data-loc',
  changedIn: '0.12',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'FieldAccess' && node.field.text.startsWith('data_loc_')
        ? { span: node.field.span, newText: node.field.text.slice('data_loc_'.length) }
        : undefined,
    ),
  }),
})
