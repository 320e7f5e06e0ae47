/** `pprof.callgraph`: which functions call which, as a graph. */
import { z } from 'zod'
import { callGraphOf } from '../../analyzers/pprof/call-graph.ts'
import { encodeCallGraphSvg, MAX_SVG_NODES } from '../../analyzers/pprof/formats/call-graph-svg.ts'
import { dotReport, dotText } from '../../analyzers/pprof/report/dot.ts'
import { viewNotes } from '../../analyzers/pprof/view-notes.ts'
import { viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { deliver, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { trimFields, trimOptions } from '../shared/report-argument.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.callgraph',
  title: 'Call graph',
  description:
    'Draws which functions call which as SVG or DOT text, chosen as by `go tool pprof -dot`. For numbers pprof.peek is shorter.',
  kind: 'write',
  writesOnlyWith: 'output_path',
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    format: z.enum(['dot', 'svg']).default('dot').describe('Format to write'),
    output_path: outputPathField,
    nodecount: z.int().min(0).default(80).describe('Most functions, 0 for all (svg: 300)'),
    ...trimFields,
    ...viewFields,
    ...diffBaseArgument,
  }),
  output: z.object({
    ...exportResult,
    nodes: z.int().describe('Functions in the graph'),
    edges: z.int().describe('Calls in the graph'),
    omitted: z.int().describe('Functions left out'),
    omitted_edges: z.int().describe('Calls left out'),
  }),
  async run(context, input, options) {
    const { shown, opened } = await openShown(context, input, options)
    const isSvg = input.format === 'svg'
    const limit = input.trim && input.nodecount > 0 ? input.nodecount : Number.POSITIVE_INFINITY
    const isTooMuch = isSvg && limit > MAX_SVG_NODES
    const amount = isTooMuch ? { trim: true, nodecount: MAX_SVG_NODES } : {}
    const dot = dotReport(shown, { ...trimOptions(input), ...amount })
    const graph = callGraphOf(dot)
    const pieces = isSvg ? encodeCallGraphSvg(graph, opened.label) : dotText(dot)
    const written = { format: input.format, pieces, notes: viewNotes(dot.report.view) }
    return {
      ...(await deliver(context, input.output_path, written, options)),
      nodes: graph.nodes.length,
      edges: graph.edges.length,
      omitted: graph.omittedNodes,
      omitted_edges: graph.omittedEdges,
    }
  },
  text: (result) => `${exportText(result)} ${result.nodes} functions, ${result.omitted} left out.`,
})
