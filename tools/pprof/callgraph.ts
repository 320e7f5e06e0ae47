/** `pprof.callgraph`: which functions call which, as a graph. */
import { z } from 'zod'
import { callGraph } from '../../analyzers/pprof/call-graph.ts'
import { encodeCallGraphSvg, MAX_SVG_NODES } from '../../analyzers/pprof/formats/call-graph-svg.ts'
import { encodeDot } from '../../analyzers/pprof/formats/dot.ts'
import { viewOf } from '../../analyzers/pprof/view.ts'
import { viewNotes } from '../../analyzers/pprof/view-notes.ts'
import { viewFields } from '../../analyzers/pprof/view-options.ts'
import { diffBaseArgument, openShown } from '../shared/diff-argument.ts'
import { deliver, exportResult, exportText, outputPathField } from '../shared/export-output.ts'
import { profileArgument } from '../shared/profile-argument.ts'
import { defineTool } from '../tool.ts'

export default defineTool({
  name: 'pprof.callgraph',
  title: 'Call graph',
  description:
    'Draws which functions call which, with their values, as SVG or as DOT text for Graphviz; the largest by cumulative value are kept. For reading numbers pprof.peek is shorter; pprof.flamegraph shows whole stacks.',
  kind: 'write',
  writesOnlyWith: 'output_path',
  destructive: true,
  idempotent: true,
  toolset: 'pprof',
  input: z.strictObject({
    ...profileArgument,
    format: z.enum(['dot', 'svg']).default('dot').describe('Format to write; default dot'),
    output_path: outputPathField,
    nodecount: z.int().min(0).default(60).describe('Functions at most, 0 for all (svg: 300); default 60'),
    node_frac: z.number().min(0).max(1).default(0.005).describe('Leave out functions below this share of the total'),
    edge_frac: z.number().min(0).max(1).default(0.001).describe('Leave out calls below this share of the total'),
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
    const view = viewOf(shown, input)
    const limit = input.nodecount === 0 ? Number.POSITIVE_INFINITY : input.nodecount
    const nodecount = input.format === 'svg' ? Math.min(limit, MAX_SVG_NODES) : input.nodecount
    const graph = callGraph(view, { nodecount, nodeFraction: input.node_frac, edgeFraction: input.edge_frac })
    const pieces = input.format === 'svg' ? encodeCallGraphSvg(graph, opened.label) : encodeDot(graph, opened.label)
    const written = { format: input.format, pieces, notes: viewNotes(view) }
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
