import { migration, rewriteNodes } from '../migration.ts'

const WORD = 8

export default migration({
  name: 'sarg',
  changedIn: '0.25',
  up: (context) => ({
    edits: rewriteNodes(context, (node) => {
      const index = node.kind === 'Identifier' ? /^sarg(\d)$/.exec(node.name)?.[1] : undefined
      // The return address lies first.
      return index === undefined
        ? undefined
        : { span: node.span, newText: `*(uint64 *)(reg("sp") + ${(Number(index) + 1) * WORD})` }
    }),
  }),
})
