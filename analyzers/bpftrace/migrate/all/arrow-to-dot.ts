import { migration, rewriteNodes } from '../migration.ts'

/** `args` has a change of its own; here it is about pointers. */
export default migration({
  name: 'arrow-to-dot',
  changedIn: '0.25',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'FieldAccess' && node.operator === '->' && !isArgs(node.object)
        ? { span: { start: node.object.span.end, end: node.field.span.start }, newText: '.' }
        : undefined,
    ),
  }),
  down: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'FieldAccess' &&
      node.operator === '.' &&
      !isArgs(node.object) &&
      context.types.typeOf(node.object)?.kind === 'pointer'
        ? { span: { start: node.object.span.end, end: node.field.span.start }, newText: '->' }
        : undefined,
    ),
  }),
})

function isArgs(node: { readonly kind: string; readonly name?: string }): boolean {
  return node.kind === 'Identifier' && node.name === 'args'
}
