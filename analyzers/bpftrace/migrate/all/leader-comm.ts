import { migration, rewriteNodes } from '../migration.ts'

const renamed = (from: string, to: string) => (context: Parameters<typeof rewriteNodes>[0]) => ({
  edits: rewriteNodes(context, (node) =>
    node.kind === 'Identifier' && node.name === from ? { span: node.span, newText: to } : undefined,
  ),
})

export default migration({
  name: 'pcomm',
  changedIn: '0.26',
  up: renamed('pcomm', 'leader_comm'),
  down: renamed('leader_comm', '((struct task_struct *)curtask)->group_leader->comm'),
})
