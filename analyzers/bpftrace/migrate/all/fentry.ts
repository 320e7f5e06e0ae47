import type { TextEdit } from '../../diagnostic.ts'
import type { ProgramContext } from '../../program-context.ts'
import { migration } from '../migration.ts'

const newNames: Readonly<Record<string, string>> = { kfunc: 'fentry', kretfunc: 'fexit', kr: 'fexit' }
const oldNames: Readonly<Record<string, string>> = { fentry: 'kfunc', fexit: 'kretfunc', f: 'kfunc', fr: 'kretfunc' }

export default migration({
  name: 'kfunc-fentry',
  changedIn: '0.20',
  up: (context) => ({ edits: renamed(context, newNames) }),
  down: (context) => ({ edits: renamed(context, oldNames) }),
})

function renamed(context: ProgramContext, names: Readonly<Record<string, string>>): TextEdit[] {
  return context.tree.program.items.flatMap((item) =>
    item.kind !== 'Probe'
      ? []
      : item.attachPoints.flatMap((point) => {
          const [provider] = point.parts
          const newText =
            provider === undefined || !Object.hasOwn(names, provider.text) ? undefined : names[provider.text]
          // `kr` is the short name of kretprobe wherever that exists.
          if (provider === undefined || newText === undefined || provider.text === 'kr') return []
          return [{ span: provider.span, newText }]
        }),
  )
}
