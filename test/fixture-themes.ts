/** VS Code's own four themes, as the view reads them from the page, without a page. */
import type { Rgb, Theme } from '../webviews/shared/theme-colors.ts'
import themes from './fixtures/theme-variables.json' with { type: 'json' }

export type FixtureTheme = keyof typeof themes
export const fixtureThemes: readonly FixtureTheme[] = ['dark', 'light', 'high contrast', 'high contrast light']

export function themeOf(name: FixtureTheme): Theme {
  const variables = new Map<string, string>(Object.entries(themes[name].variables))
  const color = (variable: string): Rgb | null => parse(variables.get(`--vscode-${variable}`))
  const foreground = color('editor-foreground') ?? [0, 0, 0]
  const hues = ['blue', 'orange', 'green', 'purple', 'yellow', 'red'].map((hue) => color(`charts-${hue}`))
  return {
    kind: name === 'high contrast' ? 'high-contrast' : name === 'high contrast light' ? 'high-contrast-light' : name,
    background: color('editor-background') ?? [255, 255, 255],
    foreground,
    focusBorder: color('focusBorder') ?? foreground,
    contrastBorder: color('contrastBorder'),
    match: color('charts-yellow') ?? foreground,
    muted: color('descriptionForeground') ?? foreground,
    hues: hues.filter((hue) => hue !== null),
    fontFamily: 'sans-serif',
    fontSize: 13,
  }
}

function parse(text: string | undefined): Rgb | null {
  if (text === undefined) return null
  const numbers = text.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16))
    : (text.match(/[\d.]+/g) ?? []).map(Number)
  const [red, green, blue] = numbers
  return red === undefined || green === undefined || blue === undefined ? null : [red, green, blue]
}
