/** Colours of exported flame graphs: warm by package, or by how much a frame grew. Text for SVG, no theme. */
import { packageName } from './package-name.ts'

export interface ColorInput {
  readonly name: string
  readonly file: string
  readonly cum: number
  /** null where the graph is not differential. */
  readonly baseCum: number | null
  /** The whole of both sides, for the strength of a change. */
  readonly whole: number
}

export function flameColor(input: ColorInput): string {
  return input.baseCum === null ? packageColor(input.name, input.file) : changeColor(input)
}

/** One hue per package between red and yellow; frames of a package differ a little in lightness. */
function packageColor(name: string, file: string): string {
  const hue = hash(packageName(name) || file || name) % 55
  const lightness = 62 + (hash(name) % 12)
  return `hsl(${hue},85%,${lightness}%)`
}

/** Red where it grew, blue where it shrank, the stronger the larger its share of the whole. */
function changeColor({ cum, baseCum, whole }: ColorInput): string {
  const change = whole === 0 ? 0 : (cum - (baseCum ?? 0)) / whole
  if (change === 0) return 'hsl(0,0%,88%)'
  const strength = Math.min(1, Math.sqrt(Math.abs(change)) * 2)
  return `hsl(${change > 0 ? 0 : 220},${Math.round(40 + 45 * strength)}%,${Math.round(90 - 32 * strength)}%)`
}

function hash(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return value >>> 0
}
