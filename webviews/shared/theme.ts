/**
 * The colours and fonts of the user's theme, read once from the CSS variables of the host and again when they change.
 * No colour is written here: what a theme does not define falls back to another of its variables.
 */
import type { Rgb, Theme, ThemeKind } from './theme-colors.ts'

const hueVariables = ['blue', 'orange', 'green', 'purple', 'yellow', 'red'].map((name) => `--vscode-charts-${name}`)

export function readThemeKind(classes: DOMTokenList): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'high-contrast-light'
  if (classes.contains('vscode-high-contrast')) return 'high-contrast'
  return classes.contains('vscode-dark') ? 'dark' : 'light'
}

export function readTheme(body: HTMLElement): Theme {
  const probe = document.createElement('span')
  probe.hidden = true
  body.append(probe)
  const paint = onePixel()
  const resolve = (variable: string, isOpaque = false): Rgb | null => {
    const style = getComputedStyle(body)
    if (style.getPropertyValue(variable).trim() === '') return null
    probe.style.color = `var(${variable})`
    return paint(getComputedStyle(probe).color, isOpaque)
  }
  const first = (...variables: string[]): Rgb | null => {
    for (const variable of variables) {
      const color = resolve(variable)
      if (color !== null) return color
    }
    return null
  }
  const ownForeground = paint(getComputedStyle(body).color)
  const ownBackground = paint(getComputedStyle(body).backgroundColor)
  const foreground = first('--vscode-editor-foreground', '--vscode-foreground') ?? ownForeground
  const style = getComputedStyle(body)
  const theme: Theme = {
    kind: readThemeKind(body.classList),
    background: first('--vscode-editor-background') ?? ownBackground,
    foreground,
    focusBorder: first('--vscode-focusBorder') ?? foreground,
    contrastBorder: first('--vscode-contrastBorder'),
    match: first('--vscode-charts-yellow', '--vscode-editor-findMatchHighlightBackground') ?? foreground,
    muted: first('--vscode-descriptionForeground') ?? foreground,
    // Some themes define a hue as a translucent highlight; what counts here is the hue.
    hues: hueVariables.map((variable) => resolve(variable, true)).filter((hue) => hue !== null),
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize) || 13,
  }
  probe.remove()
  return theme
}

/** Turns any CSS colour into what it looks like on the background, or alone: the browser itself paints it. */
function onePixel(): (color: string, isOpaque?: boolean) => Rgb {
  const canvas = new OffscreenCanvas(1, 1)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const under = getComputedStyle(document.body).backgroundColor
  return (color, isOpaque = false) => {
    if (context === null) return [0, 0, 0]
    context.clearRect(0, 0, 1, 1)
    for (const layer of isOpaque ? [color] : [under, color]) {
      context.fillStyle = layer
      context.fillRect(0, 0, 1, 1)
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue]
  }
}

/** Calls back after each change of theme; VS Code rewrites the style of the root and the classes of the body. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] })
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener)
}

/** Whether the user asked for no movement, of VS Code or of the system. */
export function isMotionReduced(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches
  )
}
