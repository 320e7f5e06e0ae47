/** `pprof.peek`: callers and callees of the functions that match. */
import { z } from 'zod'
import { peek, peekResult } from '../../analyzers/pprof/peek.ts'
import { nodecountField, viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { cell, code, table } from '../shared/markdown.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { omittedLine, unitsOf, value, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.peek',
  title: 'Callers and callees',
  description:
    'Shows who calls matching functions and whom they call, with the value of each call. Use it after pprof.top to see why a function is hot.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    regex: z.string().min(1).describe('Functions (RE2), e.g. `json\\.Unmarshal$`'),
    nodecount: nodecountField(20),
    ...viewFields,
    ...diffBaseArgument,
  }),
  output: peekResult,
  async run(context, input, options) {
    const { shown } = await openShown(context, input, options)
    return peek(shown, input)
  },
  text(result) {
    const unit = unitsOf(result)
    const nodes = result.nodes.map((node) => {
      const rows = [
        ...[...node.callers, ...node.cancelled_callers]
          .slice(0, 10)
          .map((each) => ['caller', value(each.value, unit), cell(each.name)]),
        ...node.callees.slice(0, 10).map((each) => ['callee', value(each.value, unit), cell(each.name)]),
      ]
      return `${code(node.name)} flat ${value(node.flat, unit)}, cum ${value(node.cum, unit)}\n\n${table(['', 'Value', 'Function'], rows)}`
    })
    return (
      [viewHead(result), ...nodes].join('\n\n') + omittedLine(result.omitted, 'raise `nodecount` or narrow `regex`')
    )
  },
})
