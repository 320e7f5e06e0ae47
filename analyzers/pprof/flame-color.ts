/** Colours of exported flame graphs, on white: warm by package, or by how much a frame grew. Text for SVG, no theme. */
import { type Change, changeAt, changeHues, changeTints } from './flame-change.ts'
import type { FlameGraph } from './flame-layout.ts'
import { packageName } from './package-name.ts'

const UNCHANGED = '#e0e0e0'

export function flameColor(graph: FlameGraph, node: number): string {
  if (graph.baseCum !== null) return changeColor(changeAt(graph, node))
  return frameColor(graph, graph.frame[node] ?? 0)
}

/** The colour of every node of a frame, where nothing is compared. */
export function frameColor(graph: FlameGraph, index: number): string {
  const frame = graph.frames[index]
  return packageColor(frame?.name ?? '', frame?.file ?? '')
}

/** One hue per package between red and yellow; frames of a package differ a little in lightness. */
function packageColor(name: string, file: string): string {
  const hue = hash(packageName(name) || file || name) % 55
  const lightness = 62 + (hash(name) % 12)
  return `hsl(${hue},85%,${lightness}%)`
}

export function changeColor(change: Change | null): string {
  if (change === null) return UNCHANGED
  const tint = changeTints[change.step] ?? 1
  const channels = changeHues[change.direction].map((channel) => Math.round(255 + (channel - 255) * tint))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function hash(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return value >>> 0
}
