import { migration } from '../migration.ts'

const kinds = /^(k|kr|kprobe|kretprobe|u|ur|uprobe|uretprobe)$/i

export default migration({
  name: 'missing-probes',
  changedIn: '0.24',
  onlyFromOlder: true,
  up(context) {
    const { items } = context.tree.program
    // Several names for one thing are a list of what a kernel may have.
    const alternatives = items.some(
      (item) =>
        item.kind === 'Probe' && item.attachPoints.filter((point) => kinds.test(point.parts[0]?.text ?? '')).length > 1,
    )
    const [first] = items.filter((item) => item.kind === 'Probe' || item.kind === 'Macro' || item.kind === 'Subprogram')
    if (!alternatives || first === undefined || items.some((item) => item.kind === 'Config')) return { edits: [] }
    const at = first.span.start
    return { edits: [{ span: { start: at, end: at }, newText: 'config = { missing_probes = warn }\n\n' }] }
  },
})
