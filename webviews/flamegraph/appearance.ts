/**
 * How all graphs of a profile look: the theme's palette and font, which package has which colour, and the labels. Kept
 * in one place so that every pane shows the same function in the same way.
 */
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { formatPercent, formatValue } from '../../analyzers/pprof/format-value.ts'
import { readTheme } from '../shared/theme.ts'
import type { Language } from './facts.ts'
import type { Look } from './flame-view.ts'
import type { Graphs } from './graphs.ts'
import { type Labels, makeLabels } from './labels.ts'
import type { LegendEntry } from './legend.ts'
import { type Packages, rankPackages } from './packages.ts'
import { colorOfRank, makePalette, PACKAGE_COLORS, type Palette } from './palette.ts'

/** Rows are so much higher than their text. */
const LINE_HEIGHT = 1.65

export class Appearance {
  readonly #language: Language
  #palette: Palette
  #font = ''
  #rowHeight = 0
  #packages: Packages = { names: [], rankOf: new Uint32Array() }
  #labels: Labels = makeLabels([], () => 0)

  constructor(language: Language) {
    this.#language = language
    this.#palette = this.#readTheme()
  }

  get palette(): Palette {
    return this.#palette
  }

  /** Takes the names of a graph; packages that have a colour keep it. */
  useGraph(graph: FlameGraph): void {
    this.#packages = rankPackages(graph, this.#packages.names)
    this.#labels = this.#measureLabels(graph)
  }

  /** Reads the theme again. */
  refresh(graph: FlameGraph | undefined): void {
    this.#palette = this.#readTheme()
    if (graph !== undefined) this.#labels = this.#measureLabels(graph)
  }

  packageOf(frame: number): string {
    return this.#packages.names[this.#packages.rankOf[frame] ?? 0] ?? ''
  }

  /** The frames of one package; null when there is no such package. */
  framesOf(name: string): Uint8Array | null {
    const rank = this.#packages.names.indexOf(name)
    if (rank < 0) return null
    return Uint8Array.from(this.#packages.rankOf, (each, frame) => (each === rank && frame > 0 ? 1 : 0))
  }

  look(matches: Uint8Array | null): Look {
    const colorOf = Uint8Array.from(this.#packages.rankOf, colorOfRank)
    return {
      palette: this.#palette,
      labels: this.#labels,
      colorOf,
      matches,
      font: this.#font,
      rowHeight: this.#rowHeight,
    }
  }

  /** The packages that have a colour of their own. */
  legend(graphs: Graphs, only: string | null): LegendEntry[] {
    const self = new Map<number, number>()
    graphs.totals.flat.forEach((value, frame) => {
      const rank = this.#packages.rankOf[frame] ?? 0
      if (frame > 0) self.set(rank, (self.get(rank) ?? 0) + value)
    })
    return this.#packages.names.slice(0, PACKAGE_COLORS).map((name, rank) => ({
      name,
      label: name === '' ? this.#language.texts.otherPackages : name,
      color: rank,
      share: formatPercent(self.get(rank) ?? 0, graphs.whole, this.#language.locale),
      isOnly: only === name,
    }))
  }

  #readTheme(): Palette {
    const theme = readTheme(document.body)
    const size = Math.max(10, theme.fontSize - 1)
    this.#font = `${size}px ${theme.fontFamily}`
    this.#rowHeight = Math.round(size * LINE_HEIGHT)
    return makePalette(theme)
  }

  #measureLabels(graph: FlameGraph): Labels {
    const pen = document.createElement('canvas').getContext('2d')
    if (pen !== null) pen.font = this.#font
    const total = formatValue(graph.cum[0] ?? 0, graph.sampleType.unit, this.#language.locale)
    const root = `${this.#language.texts.all} · ${total}`
    const names = graph.frames.map(({ name }, frame) => (frame === 0 ? root : name))
    return makeLabels(names, (text) => pen?.measureText(text).width ?? text.length * 7)
  }
}
