/** `pprof.flamegraph`: a flame graph as a picture, a page, or the data of one. */
import { z } from 'zod'
import { subtract } from '../../analyzers/pprof/diff.ts'
import { flameGraph } from '../../analyzers/pprof/flame-graph.ts'
import { encodeFlameHtml } from '../../analyzers/pprof/formats/flame-html.ts'
import { encodeFlameSvg, SVG_MIN_SHARE } from '../../analyzers/pprof/formats/flame-svg.ts'
import { encodeFolded } from '../../analyzers/pprof/formats/folded.ts'
import { encodeSpeedscope } from '../../analyzers/pprof/formats/speedscope.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { viewNotes } from '../../analyzers/pprof/view-notes.ts'
import { viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { deliver, type Export, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.flamegraph',
  title: 'Flame graph',
  description:
    'Draws a flame graph as SVG or as one HTML page with zoom and search, or writes its data as folded stacks or speedscope JSON. With diff_base it is differential: as wide as the larger side, red where it grew, blue where it shrank.',
  kind: 'write',
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    format: z.enum(['svg', 'html', 'folded', 'speedscope']).default('svg').describe('Format to write; default svg'),
    output_path: outputPathField,
    inverted: z.boolean().default(false).describe('Leaves at the root: where value is spent, then its callers'),
    icicle: z.boolean().default(false).describe('Draw the root at the top'),
    title: z.string().max(200).optional().describe('Heading; default the name of the profile'),
    ...viewFields,
    ...diffBaseArgument,
  }),
  output: z.object(exportResult),
  async run(context, input, options) {
    const { shown, opened, base } = await openShown(context, input, options)
    const { format } = input
    const view = viewOf(shown, input)
    const notes = viewNotes(view)
    let output: Export
    if (format === 'folded') output = { format, pieces: encodeFolded(view), notes }
    else if (format === 'speedscope') output = { format, pieces: encodeSpeedscope([view], opened.label, 0), notes }
    else {
      const sides = base === undefined ? undefined : subtract(opened.profile, base, { normalize: input.normalize })
      const graph = flameGraph(viewOf(sides?.profile ?? shown, input), {
        base: sides === undefined ? undefined : viewOf(sides.base, input),
        inverted: input.inverted,
        minShare: SVG_MIN_SHARE,
      })
      const drawing = { title: input.title ?? opened.label, icicle: input.icicle }
      const pieces = format === 'svg' ? encodeFlameSvg(graph, drawing) : encodeFlameHtml(graph, drawing)
      output = { format, pieces, notes }
    }
    return deliver(context, input.output_path, output, options)
  },
  text: exportText,
})
