/**
 * Fills for packages, made from nothing but the theme's own colours: tints of its chart hues over its background, chosen
 * one by one as far as possible from those already chosen, to normal eyes and to the two common kinds of colour
 * blindness alike. Each fill carries the theme colour that is most legible on it. Pure arithmetic, no DOM.
 */
import { interpolateLab, lab, rgb } from 'd3'
import { changeTints } from '../../analyzers/pprof/flame-change.ts'
import type { Rgb, Theme } from '../shared/theme-colors.ts'

export interface Fill {
  readonly fill: string
  readonly text: string
}

export interface Palette {
  readonly isHighContrast: boolean
  /** Colours of packages by rank; the last two are for the others in turn, so that neighbours differ. */
  readonly packages: readonly Fill[]
  /** The same, faded: what a search did not find. */
  readonly faded: readonly Fill[]
  readonly match: Fill
  readonly root: Fill
  /** Runs of frames too narrow to tell apart. */
  readonly merged: string
  readonly mergedFaded: string
  /** Frames of the overview where borders carry the picture. */
  readonly overview: string
  readonly background: string
  readonly foreground: string
  readonly border: string
  readonly focus: string
  /** Differential graphs: more and less than before, from slight to strong. */
  readonly more: readonly Fill[]
  readonly less: readonly Fill[]
}

/** How many packages get a colour of their own; more cannot be told apart by colour-blind eyes. */
export const PACKAGE_COLORS = 8

/** Shares of hue in tints: less blurs into the background, more shouts when it fills a screen. */
const TINTS = [0.5, 0.3, 0.7]

/** Projections of linear RGB to what protanopic and deuteranopic eyes see (Machado, Oliveira, Fernandes 2009). */
const VISIONS: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
]

/** Index into the package colours of a palette. */
export function colorOfRank(rank: number): number {
  return rank < PACKAGE_COLORS ? rank : PACKAGE_COLORS + (rank % 2)
}

export function css([red, green, blue]: Rgb): string {
  return rgb(red, green, blue).formatHex()
}

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const color = rgb(interpolateLab(css(from), css(to))(share))
  return [Math.round(color.r), Math.round(color.g), Math.round(color.b)]
}

function toLinear(channel: number): number {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function fromLinear(value: number): number {
  const clipped = Math.min(1, Math.max(0, value))
  return 255 * (clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055)
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue)
}

/** WCAG contrast ratio, 1 … 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Distance in CIELAB to the eyes that tell the two apart worst. About 2 is just visible. */
export function leastDistance(a: Rgb, b: Rgb): number {
  return Math.min(...VISIONS.map((vision) => labDistance(seen(a, vision), seen(b, vision))))
}

/** Colour-blind eyes decide; between candidates that are alike to them, a little, normal ones. */
function spread(a: Rgb, b: Rgb): number {
  return leastDistance(a, b) + 0.3 * labDistance(a, b)
}

function seen(color: Rgb, vision: readonly (readonly [number, number, number])[]): Rgb {
  const [red, green, blue] = color.map(toLinear)
  const [r = 0, g = 0, b = 0] = vision.map(([x, y, z]) =>
    fromLinear(x * (red ?? 0) + y * (green ?? 0) + z * (blue ?? 0)),
  )
  return [r, g, b]
}

function labDistance(a: Rgb, b: Rgb): number {
  const [first, second] = [lab(css(a)), lab(css(b))]
  return Math.hypot(first.l - second.l, first.a - second.a, first.b - second.b)
}

/** The theme's foreground or background, whichever is more legible on `fill`, moved to its extreme where both are weak. */
export function legibleOn(fill: Rgb, theme: Pick<Theme, 'foreground' | 'background'>): Rgb {
  const candidates: Rgb[] = [theme.foreground, theme.background]
  const best = candidates.reduce((a, b) => (contrast(fill, b) > contrast(fill, a) ? b : a))
  if (contrast(fill, best) >= 4.5) return best
  const extreme: Rgb = luminance(fill) > 0.179 ? [0, 0, 0] : [255, 255, 255]
  for (const share of [0.25, 0.5, 0.75]) {
    const moved = mix(best, extreme, share)
    if (contrast(fill, moved) >= 4.5) return moved
  }
  return extreme
}

export function makePalette(theme: Theme): Palette {
  const isHighContrast = theme.kind === 'high-contrast' || theme.kind === 'high-contrast-light'
  const { background, foreground } = theme
  const withText = (fill: Rgb): Fill => ({ fill: css(fill), text: css(legibleOn(fill, theme)) })
  const colors = isHighContrast ? [] : packageColors(theme)
  const others = [0.24, 0.17].map((share) => (isHighContrast ? background : mix(background, foreground, share)))
  const packages = [
    ...Array.from({ length: PACKAGE_COLORS }, (_, rank) => colors[rank] ?? others[rank % 2] ?? background),
    ...others,
  ]
  const step = (hue: Rgb | undefined) => changeTints.map((share) => withText(mix(background, hue ?? foreground, share)))
  return {
    isHighContrast,
    packages: packages.map(withText),
    faded: packages.map((color) => {
      const pale = isHighContrast ? background : mix(background, color, 0.25)
      return { fill: css(pale), text: css(isHighContrast ? foreground : mix(background, foreground, 0.65)) }
    }),
    match: withText(theme.match),
    root: withText(isHighContrast ? background : mix(background, foreground, 0.14)),
    merged: css(isHighContrast ? (theme.contrastBorder ?? foreground) : mix(background, foreground, 0.32)),
    mergedFaded: css(mix(background, foreground, 0.12)),
    overview: css(mix(background, theme.contrastBorder ?? foreground, 0.45)),
    background: css(background),
    foreground: css(foreground),
    border: css(theme.contrastBorder ?? (isHighContrast ? foreground : background)),
    focus: css(theme.focusBorder),
    more: step(warmest(theme)),
    less: step(theme.hues[0]),
  }
}

/**
 * What grew: the warmest of the hues, as blue is what shrank, which no common colour blindness confuses. Not that of
 * search matches, which is as warm where a theme has no orange.
 */
function warmest({ hues, match }: Theme): Rgb | undefined {
  const warmth = ([red, green, blue]: Rgb) => red - blue - Math.abs(green - 100) / 2
  const free = hues.slice(1).filter((hue) => labDistance(hue, match) > 15)
  return (free.length > 0 ? free : hues).toSorted((a, b) => warmth(b) - warmth(a))[0]
}

/** Tints in the order in which packages get them: each as far as can be from those before and from the background. */
function packageColors({ hues, background }: Theme): Rgb[] {
  const candidates = TINTS.flatMap((share) => hues.map((hue) => mix(background, hue, share)))
  const [first] = candidates
  if (first === undefined) return []
  const chosen: Rgb[] = [first]
  while (chosen.length < PACKAGE_COLORS) {
    const distance = (candidate: Rgb) => Math.min(...[...chosen, background].map((other) => spread(candidate, other)))
    const best = candidates.reduce((a, b) => (distance(b) > distance(a) ? b : a))
    if (distance(best) === 0) break
    chosen.push(best)
  }
  return chosen
}
