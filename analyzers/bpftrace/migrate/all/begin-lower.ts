import type { TextEdit } from '../../diagnostic.ts'
import type { ProgramContext } from '../../program-context.ts'
import { migration } from '../migration.ts'

const respell = (context: ProgramContext, spelling: (name: string) => string | undefined): TextEdit[] =>
  context.tree.program.items.flatMap((item) =>
    item.kind !== 'Probe'
      ? []
      : item.attachPoints.flatMap((point) => {
          const [provider] = point.parts
          const newText = provider === undefined ? undefined : spelling(provider.text)
          return provider === undefined || newText === undefined ? [] : [{ span: provider.span, newText }]
        }),
  )

export default migration({
  name: 'begin-lower',
  changedIn: '0.24',
  up: (context) => ({
    edits: respell(context, (name) => (name === 'BEGIN' || name === 'END' ? name.toLowerCase() : undefined)),
  }),
  // Names in any letter case are as new as the lower-case ones.
  down: (context) => ({
    edits: respell(context, (name) => {
      const wanted = /^(begin|end)$/i.test(name)
        ? name.toUpperCase()
        : (context.catalog.probeType(name)?.name ?? name).toLowerCase()
      const isShort = name.length <= 2
      return isShort || wanted === name
        ? undefined
        : /^(begin|end)$/i.test(name) || name.toLowerCase() !== name
          ? wanted
          : undefined
    }),
  }),
})
