import { migration, rewriteNodes } from '../migration.ts'

export default migration({
  name: 'struct-keyword',
  changedIn: '0.9.4',
  up: (context) => ({
    edits: rewriteNodes(context, (node) => {
      if (node.kind !== 'Cast') return undefined
      let type = node.type
      while (type.kind === 'PointerType') type = type.to
      if (type.kind !== 'NamedType' || type.keyword !== null) return undefined
      const { kernel } = context
      if (kernel.typedef(type.name) !== undefined || kernel.record('struct', type.name) === undefined) return undefined
      return { span: { start: type.span.start, end: type.span.start }, newText: 'struct ' }
    }),
  }),
})
