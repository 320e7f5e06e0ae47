import { migration, rewriteNodes, sourceOf } from '../migration.ts'

export default migration({
  name: 'delete-tuple-key',
  changedIn: '0.22',
  down: (context) => ({
    edits: rewriteNodes(context, (node) => {
      const [only] = node.kind === 'MapAccess' ? node.keys : []
      if (node.kind !== 'MapAccess' || node.keys.length !== 1 || only?.kind !== 'Tuple') return undefined
      return { span: only.span, newText: only.elements.map((each) => sourceOf(context, each)).join(', ') }
    }),
  }),
})
