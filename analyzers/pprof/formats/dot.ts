/**
 * A call graph as DOT text for Graphviz: boxes as large and as red as their values, edges with the value of the calls.
 */
import { type CallGraph, nodeFacts, prominence } from '../call-graph.ts'
import { formatValue } from '../format-value.ts'
import { toDouble } from '../int64.ts'

export function* encodeDot(graph: CallGraph, title: string): Generator<string> {
  const format = (value: number) => formatValue(value, graph.sampleType.unit)
  yield `digraph ${quoted(title)} {\n`
  yield 'node [style=filled fillcolor="#f8f8f8" shape=box fontname="sans-serif"];\nedge [fontname="sans-serif"];\n'
  yield `label=${quoted(`${title}\n${graph.sampleType.type}: ${format(graph.total)}`)} labelloc=t;\n`
  for (const [index, node] of graph.nodes.entries()) {
    const label = quoted([node.name, ...nodeFacts(graph, node, format)].join('\n'))
    const fontSize = Math.round(8 + 16 * prominence(graph, node.flat))
    const share = prominence(graph, node.cum)
    const fill = `"0.0 ${(share * 0.5).toFixed(3)} ${(1 - share * 0.1).toFixed(3)}"`
    yield `N${index + 1} [label=${label} fontsize=${fontSize} fillcolor=${fill} tooltip=${quoted(node.name)}];\n`
  }
  for (const edge of graph.edges) {
    const label = quoted(` ${format(toDouble(edge.value))}${edge.inline ? '\n (inline)' : ''}`)
    const width = (1 + 5 * prominence(graph, edge.value)).toFixed(2)
    const style = edge.residual ? ' style=dashed' : ''
    yield `N${edge.from + 1} -> N${edge.to + 1} [label=${label} penwidth=${width}${style}];\n`
  }
  yield '}\n'
}

/** A quoted string of DOT; line ends become its own `\\n`, other control characters a space. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `"${escaped.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}"`
}
