import { migration, rewriteNodes } from '../migration.ts'

const operatorEdit = (from: string, to: string) => (context: Parameters<typeof rewriteNodes>[0]) => ({
  edits: rewriteNodes(context, (node) => {
    if (node.kind !== 'FieldAccess' || node.operator !== from) return undefined
    if (node.object.kind !== 'Identifier' || node.object.name !== 'args') return undefined
    return { span: { start: node.object.span.end, end: node.field.span.start }, newText: to }
  }),
})

export default migration({
  name: 'args-struct',
  changedIn: '0.19',
  up: operatorEdit('->', '.'),
  down: operatorEdit('.', '->'),
})
