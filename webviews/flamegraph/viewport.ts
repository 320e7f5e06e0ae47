/**
 * Which part of a flame graph is seen: a horizontal range as fractions of the whole and a vertical scroll offset in CSS
 * pixels. Pure arithmetic: it knows neither canvas nor events.
 */

export interface Viewport {
  /** Left edge and width of what is seen, as fractions of the whole graph. */
  readonly left: number
  readonly span: number
  /** CSS pixels scrolled down. */
  readonly top: number
}

export interface Extent {
  readonly width: number
  readonly height: number
  /** Height of all rows together. */
  readonly contentHeight: number
}

/** Deeper zoom would show rounding of doubles: at 2^-40 a pixel of a 4,000 px canvas is still 2^11 representable steps. */
export const MIN_SPAN = 2 ** -40

export const WHOLE: Viewport = { left: 0, span: 1, top: 0 }

export function clampViewport(viewport: Viewport, extent: Extent): Viewport {
  const span = Math.min(1, Math.max(MIN_SPAN, Number.isFinite(viewport.span) ? viewport.span : 1))
  const left = Math.min(1 - span, Math.max(0, Number.isFinite(viewport.left) ? viewport.left : 0))
  const maxTop = Math.max(0, extent.contentHeight - extent.height)
  const top = Math.min(maxTop, Math.max(0, Number.isFinite(viewport.top) ? viewport.top : 0))
  return { left, span, top }
}

/** Zooms by `factor` (> 1 is closer) and keeps the point at `anchor` (0 left edge … 1 right edge) in place. */
export function zoomAround(viewport: Viewport, factor: number, anchor: number): Viewport {
  const span = Math.min(1, Math.max(MIN_SPAN, viewport.span / factor))
  return { ...viewport, span, left: viewport.left + anchor * (viewport.span - span) }
}

/** Moves by fractions of what is seen and by pixels. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, left: viewport.left + dx * viewport.span, top: viewport.top + dy }
}

/** The viewport scrolled just far enough to show `[top, bottom]`, with a margin where there is room. */
export function scrollTo(viewport: Viewport, extent: Extent, top: number, bottom: number, margin: number): Viewport {
  const roomy = extent.height > bottom - top + 2 * margin ? margin : 0
  if (top - roomy < viewport.top) return { ...viewport, top: top - roomy }
  if (bottom + roomy > viewport.top + extent.height) return { ...viewport, top: bottom + roomy - extent.height }
  return viewport
}

/** The viewport `t` (0 … 1) of the way; both edges move evenly, so nothing overshoots. */
export function between(from: Viewport, to: Viewport, t: number): Viewport {
  const mix = (a: number, b: number) => a + (b - a) * t
  const left = mix(from.left, to.left)
  return { left, span: mix(from.left + from.span, to.left + to.span) - left, top: mix(from.top, to.top) }
}

export function isSameViewport(a: Viewport, b: Viewport): boolean {
  return a.left === b.left && a.span === b.span && a.top === b.top
}
