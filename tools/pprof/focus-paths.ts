/** `pprof.focus_paths`: the call paths that lead to a function. */
import { z } from 'zod'
import { focusPaths, focusPathsResult } from '../../analyzers/pprof/focus-paths.ts'
import { nodecountField, viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { cell } from '../shared/markdown.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { omittedLine, percent, unitsOf, value, viewHead } from '../shared/view-text.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.focus_paths',
  title: 'Paths to a function',
  description:
    'Shows by which call paths the program gets to a function, equal paths added up, largest first. Use it to see which entry points make it hot.',
  kind: 'read',
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    function: z.string().min(1).describe('Functions (RE2)'),
    nodecount: nodecountField(10),
    ...viewFields,
    ...diffBaseArgument,
  }),
  output: focusPathsResult,
  async run(context, input, options) {
    const { shown } = await openShown(context, input, options)
    return focusPaths(shown, input)
  },
  text(result) {
    const unit = unitsOf(result)
    const paths = result.paths.map((path, index) => {
      const lines = path.frames.map((frame, depth) => `    ${'·'.repeat(Math.min(depth, 40))}${cell(frame)}`)
      return [`${index + 1}. ${value(path.value, unit)} (${percent(path.pct)})`, ...lines].join('\n')
    })
    return [viewHead(result), ...paths].join('\n\n') + omittedLine(result.omitted, 'raise `nodecount`')
  },
})
