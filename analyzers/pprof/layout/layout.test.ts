import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Arrow, Size } from './layered-graph.ts'
import { layOut } from './layout.ts'

const options = { margin: 10, distance: 40 }

const arrow = (from: number, to: number, weight = 1): Arrow => ({ from, to, weight, labelWidth: 30 })

const graphs = fc.integer({ min: 1, max: 25 }).chain((count) => {
  const box = fc.integer({ min: 0, max: count - 1 })
  return fc.record({
    boxes: fc.array(fc.record({ width: fc.integer({ min: 5, max: 200 }), height: fc.integer({ min: 5, max: 60 }) }), {
      minLength: count,
      maxLength: count,
    }),
    arrows: fc.array(
      fc.tuple(box, box, fc.integer({ min: 1, max: 21 })).map(([from, to, weight]) => arrow(from, to, weight)),
      { maxLength: 80 },
    ),
  })
})

describe('the layout of any graph', () => {
  test('has every box inside, and none upon another', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, arrows }) => {
        const laidOut = layOut(boxes, arrows, options)
        const areas = boxes.map(({ width, height }, index) => {
          const { x, y } = laidOut.boxes[index] ?? { x: Number.NaN, y: Number.NaN }
          return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }
        })
        for (const [index, area] of areas.entries()) {
          expect(area.left).toBeGreaterThanOrEqual(options.margin - 1e-6)
          expect(area.top).toBeGreaterThanOrEqual(options.margin - 1e-6)
          expect(area.right).toBeLessThanOrEqual(laidOut.width - options.margin + 1e-6)
          expect(area.bottom).toBeLessThanOrEqual(laidOut.height - options.margin + 1e-6)
          for (const other of areas.slice(index + 1)) {
            const areApart =
              area.right < other.left + 1e-6 ||
              other.right < area.left + 1e-6 ||
              area.bottom < other.top ||
              other.bottom < area.top
            expect(areApart).toBe(true)
          }
        }
      }),
    )
  })

  test('leads every arrow from a side of its box to a side of the other', () => {
    fc.assert(
      fc.property(graphs, ({ boxes, arrows }) => {
        const laidOut = layOut(boxes, arrows, options)
        const touches = (box: number, point: { x: number; y: number } | undefined) => {
          const { x, y } = laidOut.boxes[box] ?? { x: 0, y: 0 }
          const { width, height } = boxes[box] ?? { width: 0, height: 0 }
          expect(Math.abs((point?.y ?? 0) - y)).toBeCloseTo(height / 2)
          expect(Math.abs((point?.x ?? 0) - x)).toBeLessThanOrEqual(width / 2)
        }
        for (const [index, { from, to }] of arrows.entries()) {
          const way = laidOut.ways[index] ?? []
          if (from === to) expect(way).toEqual([])
          else {
            touches(from, way[0])
            touches(to, way.at(-1))
          }
        }
      }),
    )
  })
})

const square: Size = { width: 20, height: 20 }

test('callers stand above what they call, and of a circle the lightest call leads up', () => {
  const { boxes } = layOut([square, square, square], [arrow(0, 1, 9), arrow(1, 2, 9), arrow(2, 0, 1)], options)
  const [top, middle, bottom] = boxes.map(({ y }) => y)
  expect(top).toBeLessThan(middle ?? 0)
  expect(middle).toBeLessThan(bottom ?? 0)
})

test('two trees whose halves are mixed are drawn without a crossing', () => {
  const arrows = [arrow(0, 2), arrow(0, 4), arrow(1, 3), arrow(1, 5)]
  const { boxes } = layOut(
    Array.from({ length: 6 }, () => square),
    arrows,
    options,
  )
  const x = (box: number) => boxes[box]?.x ?? 0
  const isLeft = x(0) < x(1)
  for (const [first, second] of [
    [2, 3],
    [4, 5],
    [2, 5],
    [4, 3],
  ] as const) {
    expect(x(first) < x(second)).toBe(isLeft)
  }
})

test('calls there and back lie beside each other', () => {
  const { ways } = layOut([square, square], [arrow(0, 1), arrow(1, 0)], options)
  expect(ways[0]?.[0]?.x).not.toBe(ways[1]?.at(-1)?.x)
})
