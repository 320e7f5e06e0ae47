import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldedGraph, graphs, nameOf, nodeAt as nodeOfPath } from '../../test/folded-graph.ts'
import { boxOf, depthAt, type Geometry, nodeAt, pathTo, rowCount } from './geometry.ts'
import { clampViewport } from './viewport.ts'

const graph = foldedGraph('main;a 60', 'main;b 30', 'main;b;c 10')

function geometryOf(changes: Partial<Geometry> = {}): Geometry {
  const shown = changes.graph ?? graph
  const extent = { width: 1000, height: 300, contentHeight: rowCount(shown) * 20 }
  return { graph: shown, viewport: { left: 0, span: 1, top: 0 }, extent, rowHeight: 20, isFlipped: false, ...changes }
}

test('a frame is where its share of the whole puts it', () => {
  const b = nodeOfPath(graph, 'main', 'b')
  expect(boxOf(geometryOf(), b)).toEqual({ x: 600, y: 40, width: 400, height: 20 })
  const zoomed = geometryOf({ viewport: { left: 0.5, span: 0.5, top: 10 } })
  expect(boxOf(zoomed, b)).toEqual({ x: 200, y: 30, width: 800, height: 20 })
})

test('growing upwards, the root is at the bottom', () => {
  expect(boxOf(geometryOf({ isFlipped: true }), 0).y).toBe(280)
})

describe('the frame under a point', () => {
  test.each([
    [10, 5, 'root'],
    [10, 25, 'main'],
    [599, 45, 'a'],
    [601, 45, 'b'],
    [650, 65, 'c'],
  ])('at %d, %d is %s', (x, y, name) => {
    expect(nameOf(graph, nodeAt(geometryOf(), x, y))).toBe(name)
  })

  test.each([
    ['beside the last child', 990, 65],
    ['below all rows', 10, 200],
    ['left of the canvas', -1, 5],
    ['below the canvas', 10, 300],
  ])('%s is none', (_, x, y) => {
    expect(nodeAt(geometryOf(), x, y)).toBe(-1)
  })

  test('is the one whose box holds it, for any graph, zoom and direction', () => {
    const share = fc.double({ min: 0, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(graphs, share, share, share, share, fc.boolean(), (any, left, span, x, y, isFlipped) => {
        const base = geometryOf({ graph: any, isFlipped })
        const viewport = clampViewport({ left, span: Math.max(span, 1e-6), top: y * 100 }, base.extent)
        const geometry = { ...base, viewport }
        const point = { x: x * 1000, y: y * 300 }
        const found = nodeAt(geometry, point.x, point.y)
        const holds = (node: number) => {
          const box = boxOf(geometry, node)
          const isInRow = any.depth[node] === depthAt(geometry, point.y)
          return isInRow && box.x <= point.x + 1e-6 && point.x < box.x + box.width + 1e-6
        }
        const all = Array.from({ length: any.nodeCount }, (_, node) => node).filter(holds)
        // On an edge, within rounding, either side will do.
        if (found < 0) expect(all.length).toBeLessThanOrEqual(1)
        else expect(all).toContain(found)
      }),
    )
  })
})

test('the path to a frame starts at the root', () => {
  const names = pathTo(graph, nodeOfPath(graph, 'main', 'b', 'c')).map((node) => nameOf(graph, node))
  expect(names).toEqual(['root', 'main', 'b', 'c'])
})
