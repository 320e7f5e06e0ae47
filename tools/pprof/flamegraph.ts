/** `pprof.flamegraph`: a flame graph as a picture, a page, or the data of one. */
import { z } from 'zod'
import { viewsOfBoth } from '../../analyzers/pprof/flame-diff.ts'
import { flameGraph, smallFlameGraph } from '../../analyzers/pprof/flame-graph.ts'
import { encodeFlameHtml } from '../../analyzers/pprof/formats/flame-html.ts'
import { encodeFlameSvg, SVG_MIN_SHARE } from '../../analyzers/pprof/formats/flame-svg.ts'
import { encodeFolded } from '../../analyzers/pprof/formats/folded.ts'
import { encodeSpeedscope, encodeSpeedscopeDiff } from '../../analyzers/pprof/formats/speedscope.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { viewNotes } from '../../analyzers/pprof/view-notes.ts'
import { viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { deliver, type Export, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { flameTree, smallFlameTree } from '../shared/flame-tree-result.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.flamegraph',
  title: 'Flame graph',
  description:
    'Draws a flame graph as SVG or one HTML page, or writes its data as folded stacks or speedscope JSON. With `diff_base` it is differential: orange grew, blue shrank.',
  kind: 'write',
  writesOnlyWith: 'output_path',
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    format: z
      .enum(['svg', 'html', 'folded', 'speedscope', 'interactive'])
      .default('svg')
      .describe('Format; interactive returns `graph` for the host to show'),
    output_path: outputPathField,
    inverted: z.boolean().default(false).describe('Leaves at the root'),
    icicle: z.boolean().default(false).describe('Draw the root at the top'),
    title: z.string().max(200).optional().describe('Heading'),
    ...viewFields,
    ...diffBaseArgument,
  }),
  view: 'flame-graph',
  output: z.object({
    ...exportResult,
    graph: flameTree.optional().describe('With format interactive: the graph as data for the view'),
  }),
  async run(context, input, options) {
    const { shown, opened, base } = await openShown(context, input, options)
    const { format } = input
    const view = viewOf(shown, input)
    const notes = viewNotes(view)
    const { inverted } = input
    const sides = base === undefined ? { view, base } : viewsOfBoth(opened.profile, base, input)
    if (format === 'interactive') {
      const { tree, leftOutBelow } = smallFlameTree(sides.view, { base: sides.base, inverted })
      return { format, bytes: 0, notes: [...notes, ...leftOutNote(leftOutBelow, '')], graph: tree }
    }
    let output: Export
    if (format === 'folded')
      output = { format, pieces: encodeFolded(sides.view, { base: sides.base, inverted }), notes }
    else if (format === 'speedscope') {
      const pieces =
        sides.base === undefined
          ? encodeSpeedscope([view], opened.label, { inverted })
          : encodeSpeedscopeDiff(sides.view, sides.base, opened.label, inverted)
      output = { format, pieces, notes }
    } else {
      const choice = { base: sides.base, inverted, minShare: SVG_MIN_SHARE }
      const { graph, leftOutBelow } =
        input.output_path === undefined
          ? smallFlameGraph(sides.view, MAX_FRAMES_IN_ANSWER, choice)
          : { graph: flameGraph(sides.view, choice), leftOutBelow: 0 }
      const drawing = { title: input.title ?? opened.label, icicle: input.icicle }
      const pieces = format === 'svg' ? encodeFlameSvg(graph, drawing) : encodeFlameHtml(graph, drawing)
      output = { format, pieces, notes: [...notes, ...leftOutNote(leftOutBelow, ' A file (`output_path`) has them.')] }
    }
    return deliver(context, input.output_path, output, options)
  },
  text: (result) => (result.graph === undefined ? exportText(result) : interactiveText(result.graph, result.notes)),
})

/** A file may be as large as it has to be; a conversation carries some hundred kilobytes. */
const MAX_FRAMES_IN_ANSWER = 2_000

function leftOutNote(share: number, advice: string): string[] {
  if (share === 0) return []
  return [`Frames of ${Number((share * 100).toPrecision(1))} % of the total and less are left out.${advice}`]
}

/** For clients that show no view: what the graph holds, and where to read more. */
function interactiveText(graph: z.output<typeof flameTree>, notes: readonly string[]): string {
  const { type, unit } = graph.sample_type
  const total = graph.flat.reduce((sum, value) => sum + value, 0)
  const head = `Interactive flame graph of ${type}: ${graph.parent.length - 1} frames of ${graph.frames.length - 1} functions, ${total} ${unit} in all.`
  return [head, ...notes, 'Where no view appears: pprof.top ranks the functions, format svg or html draws them.'].join(
    '\n\n',
  )
}
