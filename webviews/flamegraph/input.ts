/**
 * Mouse, wheel and touch on the canvas, turned into viewports: d3-zoom for drag, wheel and pinch, plain listeners for the
 * rest. It knows nothing of graphs; the keyboard is in keys.ts.
 */
import { type D3ZoomEvent, select, ZoomTransform, zoom } from 'd3'
import { type Extent, MIN_SPAN, panBy, type Viewport } from './viewport.ts'

export interface PointerTarget {
  viewport(): Viewport
  extent(): Extent
  move(viewport: Viewport): void
  hover(x: number, y: number): void
  /** The view moves under the pointer. */
  moving(): void
  leave(): void
  click(x: number, y: number, event: MouseEvent): void
}

export interface PointerInput {
  /** Tells d3-zoom where the view is after it was moved by other means. */
  sync(): void
}

/** Pixels the pointer may wander between press and release and still have clicked. */
const CLICK_DISTANCE = 4

export function listenToPointer(canvas: HTMLCanvasElement, target: PointerTarget): PointerInput {
  let isSyncing = false
  let lastY = 0
  const behavior = zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([1, 1 / MIN_SPAN])
    .extent(() => [
      [0, 0],
      [target.extent().width, target.extent().height],
    ])
    // Only the horizontal part of a transform is used, so only that is kept inside.
    .constrain((transform) => {
      const { width } = target.extent()
      return new ZoomTransform(transform.k, Math.min(0, Math.max(width * (1 - transform.k), transform.x)), transform.y)
    })
    .clickDistance(CLICK_DISTANCE)
    .filter(
      (event: MouseEvent) =>
        event.button === 0 && (isWheel(event) ? isZoomWheel(event) : !event.ctrlKey && !event.metaKey),
    )
    .on('start', () => {
      lastY = selection.property('__zoom').y
    })
    .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
      if (isSyncing) return
      const { k, x, y } = event.transform
      const { width } = target.extent()
      const current = target.viewport()
      // Scaling moves y as well; only a drag means it.
      const dy = isDrag(event.sourceEvent) ? lastY - y : 0
      lastY = y
      target.moving()
      target.move({ span: 1 / k, left: width === 0 ? 0 : -x / (k * width), top: current.top + dy })
    })
  const selection = select(canvas)
  selection.call(behavior).on('dblclick.zoom', null)

  canvas.addEventListener('wheel', (event) => {
    if (isZoomWheel(event)) return
    event.preventDefault()
    const { width } = target.extent()
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1
    const isVertical = event.altKey
    const dx = isVertical ? 0 : (event.deltaX === 0 ? event.deltaY : event.deltaX) * lines
    const dy = isVertical ? (event.deltaY === 0 ? event.deltaX : event.deltaY) * lines : 0
    target.moving()
    target.move(panBy(target.viewport(), width === 0 ? 0 : dx / width, dy))
  })
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons === 0) target.hover(event.offsetX, event.offsetY)
  })
  canvas.addEventListener('pointerleave', () => target.leave())
  canvas.addEventListener('click', (event) => target.click(event.offsetX, event.offsetY, event))

  return {
    sync() {
      const { left, span } = target.viewport()
      isSyncing = true
      selection.call(behavior.transform, new ZoomTransform(1 / span, (-left * target.extent().width) / span, 0))
      isSyncing = false
    },
  }
}

function isWheel(event: Event): event is WheelEvent {
  return event.type === 'wheel'
}

/** Shift moves sideways, Alt up and down, and so does a sideways wheel. */
function isZoomWheel(event: MouseEvent): boolean {
  if (!(event instanceof WheelEvent)) return false
  return !event.shiftKey && !event.altKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)
}

function isDrag(event: unknown): boolean {
  return event instanceof MouseEvent ? event.type === 'mousemove' : event instanceof Event && event.type === 'touchmove'
}
