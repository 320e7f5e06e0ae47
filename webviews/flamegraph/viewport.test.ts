import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between, clampViewport, MIN_SPAN, panBy, scrollTo, type Viewport, WHOLE, zoomAround } from './viewport.ts'

const extent = { width: 1000, height: 400, contentHeight: 1000 }

const viewports: fc.Arbitrary<Viewport> = fc.record({
  left: fc.double({ min: -2, max: 2 }),
  span: fc.double({ min: -1, max: 3 }),
  top: fc.double({ min: -5000, max: 5000 }),
})

test('a clamped viewport lies inside, and clamping it again changes nothing', () => {
  fc.assert(
    fc.property(viewports, (any) => {
      const inside = clampViewport(any, extent)
      expect(inside.left).toBeGreaterThanOrEqual(0)
      expect(inside.left + inside.span).toBeLessThanOrEqual(1 + Number.EPSILON)
      expect(inside.span).toBeGreaterThanOrEqual(MIN_SPAN)
      expect(inside.top).toBeGreaterThanOrEqual(0)
      expect(inside.top).toBeLessThanOrEqual(600)
      expect(clampViewport(inside, extent)).toEqual(inside)
    }),
  )
})

test('what is no number shows the whole', () => {
  expect(clampViewport({ left: Number.NaN, span: Number.NaN, top: Number.NaN }, extent)).toEqual(WHOLE)
})

describe('zooming', () => {
  test('keeps the point under the pointer in place', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        (anchor, factor) => {
          const from = { left: 0.25, span: 0.5, top: 0 }
          const to = zoomAround(from, factor, anchor)
          expect(to.left + anchor * to.span).toBeCloseTo(from.left + anchor * from.span, 12)
        },
      ),
    )
  })

  test('ends where doubles end, and at the whole', () => {
    expect(zoomAround(WHOLE, 1e30, 0.3).span).toBe(MIN_SPAN)
    expect(zoomAround({ left: 0.1, span: 0.5, top: 0 }, 1e-9, 0.5).span).toBe(1)
  })
})

test('moving goes by shares of what is seen', () => {
  expect(panBy({ left: 0.2, span: 0.1, top: 50 }, 0.5, -20)).toEqual({ left: 0.25, span: 0.1, top: 30 })
})

test.each([
  ['above', 100, 120, 300, 70],
  ['below', 800, 820, 300, 450],
  ['in sight', 500, 520, 300, 300],
])('a row %s is brought into sight and no further', (_, top, bottom, from, to) => {
  expect(scrollTo({ left: 0, span: 1, top: from }, extent, top, bottom, 30).top).toBe(to)
})

test('an animation starts and ends exactly and never leaves the way between', () => {
  const from = { left: 0, span: 1, top: 0 }
  const to = { left: 0.4, span: 0.1, top: 200 }
  expect(between(from, to, 0)).toEqual(from)
  expect(between(from, to, 1).left).toBeCloseTo(to.left, 12)
  const half = between(from, to, 0.5)
  expect(half.left).toBeLessThanOrEqual(to.left)
  expect(half.left + half.span).toBeGreaterThanOrEqual(to.left + to.span)
})
