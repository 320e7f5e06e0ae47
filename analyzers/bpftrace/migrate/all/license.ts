import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'license',
  changedIn: '0.25',
  up: (context) => ({
    edits: rewriteNodes(context, (node) =>
      node.kind === 'ConfigEntry' &&
      node.key.text === 'license' &&
      node.value.kind === 'StringLiteral' &&
      node.value.value === 'MIT'
        ? { span: node.value.span, newText: '"Dual MIT/GPL"' }
        : undefined,
    ),
  }),
})
