/** What a theme consists of for a view. Shapes only: reading one from the page is `theme.ts`. */

export type ThemeKind = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light'

/** An opaque colour, each channel 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

export interface Theme {
  readonly kind: ThemeKind
  readonly background: Rgb
  readonly foreground: Rgb
  readonly focusBorder: Rgb
  /** Only high-contrast themes have one. */
  readonly contrastBorder: Rgb | null
  readonly match: Rgb
  readonly muted: Rgb
  /** Hues that the theme offers for charts, in the order of their variables. */
  readonly hues: readonly Rgb[]
  readonly fontFamily: string
  readonly fontSize: number
}
