import type { ProgramContext } from '../../program-context.ts'
import type { Call, Expression, MapAccess } from '../../syntax/ast.ts'
import { migration, rewriteNodes, sourceOf } from '../migration.ts'

export default migration({
  name: 'delete-api',
  changedIn: '0.22',
  up: (context) => ({
    edits: rewriteNodes(context, (node) => {
      if (node.kind !== 'Call' || node.callee.text !== 'delete') return undefined
      const accesses = node.arguments.filter((each): each is MapAccess => each.kind === 'MapAccess')
      if (accesses.length === 0 || accesses.length !== node.arguments.length) return undefined
      const calls = accesses.map((access) => `delete(${access.map.name}, ${key(context, access.keys)})`)
      return { span: node.span, newText: calls.join('; ') }
    }),
  }),
  down: (context) => ({
    edits: rewriteNodes(context, (node) => {
      if (node.kind !== 'Call' || node.callee.text !== 'delete') return undefined
      const [map, value] = node.arguments
      if (map?.kind !== 'MapReference' || value === undefined || node.arguments.length !== 2) return undefined
      return { span: node.span, newText: `delete(${map.name}[${parts(context, value)}])` }
    }),
  }),
})

/** A key of several parts is one tuple. */
function key(context: ProgramContext, keys: readonly Expression[]): string {
  const text = keys.map((each) => sourceOf(context, each)).join(', ')
  return keys.length > 1 ? `(${text})` : text
}

function parts(context: ProgramContext, value: Call['arguments'][number]): string {
  return value.kind === 'Tuple'
    ? value.elements.map((each) => sourceOf(context, each)).join(', ')
    : sourceOf(context, value)
}
