import { migration, rewriteNodes, wholeLine } from '../migration.ts'

const removed = new Set(['symbol_source', 'probe_inline'])

export default migration({
  name: 'symbol-source',
  changedIn: '0.24',
  up: (context) => ({
    edits: rewriteNodes(context, (node) => {
      if (node.kind !== 'ConfigEntry' || !removed.has(node.key.text.toLowerCase())) return undefined
      const block = context.tree.program.items.find(
        (item) => item.kind === 'Config' && item.entries.length === 1 && item.entries.includes(node),
      )
      // An empty block says nothing.
      if (block !== undefined) return { span: wholeLine(context.tree.source, block.span), newText: '' }
      const semicolon = /^\s*;/.exec(context.tree.source.slice(node.span.end))?.[0].length ?? 0
      return {
        span: wholeLine(context.tree.source, { start: node.span.start, end: node.span.end + semicolon }),
        newText: '',
      }
    }),
  }),
})
