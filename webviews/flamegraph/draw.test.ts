import { describe, expect, test } from 'vitest'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { themeOf } from '../../test/fixture-themes.ts'
import { foldedGraph, nodeAt } from '../../test/folded-graph.ts'
import { draw, type Pen, type Scene } from './draw.ts'
import { rowCount } from './geometry.ts'
import { makeLabels } from './labels.ts'
import { makePalette } from './palette.ts'

interface Call {
  readonly what: 'fill' | 'stroke' | 'text'
  readonly color: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly text: string
}

/** A context that remembers what is drawn; a character is seven pixels wide. */
function recorder(): { pen: Pen; calls: Call[] } {
  const calls: Call[] = []
  const pen: Pen = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    font: '',
    textBaseline: 'alphabetic',
    globalAlpha: 1,
    setTransform: () => undefined,
    fillRect: (x, y, width, height) =>
      calls.push({ what: 'fill', color: String(pen.fillStyle), x, y, width, height, text: '' }),
    strokeRect: (x, y, width, height) =>
      calls.push({ what: 'stroke', color: String(pen.strokeStyle), x, y, width, height, text: '' }),
    fillText: (text, x, y) =>
      calls.push({ what: 'text', color: String(pen.fillStyle), x, y, width: 0, height: 0, text }),
  }
  return { pen, calls }
}

function sceneOf(graph: FlameGraph, changes: Partial<Scene> = {}): Scene {
  const extent = { width: 1000, height: 200, contentHeight: rowCount(graph) * 20 }
  return {
    geometry: { graph, viewport: { left: 0, span: 1, top: 0 }, extent, rowHeight: 20, isFlipped: false },
    palette: makePalette(themeOf('dark')),
    labels: makeLabels(
      graph.frames.map(({ name }) => name),
      (text) => text.length * 7,
    ),
    colorOf: new Uint8Array(graph.frames.length),
    matches: null,
    focused: -1,
    hovered: -1,
    hasFocus: false,
    pixelRatio: 1,
    font: '12px sans-serif',
    ...changes,
  }
}

const graph = foldedGraph('main;a 60', 'main;b 30', 'main;b;c 10')

/** Rectangles of frames, without the background. */
const frames = (calls: readonly Call[]) => calls.filter(({ what }) => what === 'fill').slice(1)

test('every frame is one rectangle with a gap to its neighbour, and is labelled', () => {
  const { pen, calls } = recorder()
  expect(draw(pen, sceneOf(graph))).toBe(5)
  expect(frames(calls).map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
    [0, 0, 999, 19],
    [0, 20, 999, 19],
    [0, 40, 599, 19],
    [600, 40, 399, 19],
    [600, 60, 99, 19],
  ])
  expect(calls.filter(({ what }) => what === 'text').map(({ text }) => text)).toEqual(['root', 'main', 'a', 'b', 'c'])
})

test('a label stays in sight when its frame begins left of the canvas', () => {
  const { pen, calls } = recorder()
  const scene = sceneOf(graph)
  draw(pen, { ...scene, geometry: { ...scene.geometry, viewport: { left: 0.3, span: 0.2, top: 0 } } })
  expect(calls.filter(({ what }) => what === 'text').map(({ text, x }) => [text, x])).toEqual([
    ['root', 4],
    ['main', 4],
    ['a', 4],
  ])
})

test('only rows in sight are drawn', () => {
  const { pen, calls } = recorder()
  const scene = sceneOf(graph)
  const extent = { ...scene.geometry.extent, height: 40 }
  draw(pen, { ...scene, geometry: { ...scene.geometry, extent, viewport: { left: 0, span: 1, top: 20 } } })
  expect(frames(calls).map(({ y }) => y)).toEqual([0, 20, 20])
})

describe('100,000 frames in one row', () => {
  const many = foldedGraph(...Array.from({ length: 100_000 }, (_, index) => `main;f${index} ${1 + (index % 3)}`))

  test('cost no more rectangles than there are pixels, and cover what they stand for', () => {
    const { pen, calls } = recorder()
    expect(draw(pen, sceneOf(many))).toBeLessThan(1010)
    const row = frames(calls).filter(({ y }) => y === 40)
    const covered = row.reduce((sum, { width }) => sum + width, 0)
    expect(covered).toBeGreaterThan(990)
  })

  test('are told apart again when one zooms in', () => {
    const { pen } = recorder()
    const scene = sceneOf(many)
    const viewport = { left: 0.5, span: 100 / 200_000, top: 0 }
    expect(draw(pen, { ...scene, geometry: { ...scene.geometry, viewport } })).toBeGreaterThan(30)
  })
})

test('a search leaves what it found in its own colour and fades the rest', () => {
  const { pen, calls } = recorder()
  const scene = sceneOf(graph)
  const matches = Uint8Array.from(graph.frames, ({ name }) => (name === 'b' ? 1 : 0))
  draw(pen, { ...scene, matches })
  const found = frames(calls).filter(({ color }) => color === scene.palette.match.fill)
  expect(found.map(({ x, y }) => [x, y])).toEqual([[600, 40]])
  expect(frames(calls).filter(({ color }) => color === scene.palette.packages[0]?.fill)).toEqual([])
})

test('the focused frame has a ring in the focus colour while the canvas has the focus', () => {
  const { pen, calls } = recorder()
  const scene = sceneOf(graph)
  draw(pen, { ...scene, focused: nodeAt(graph, 'main', 'a'), hasFocus: true })
  expect(calls.filter(({ what }) => what === 'stroke')).toMatchObject([{ color: scene.palette.focus, x: 1, y: 41 }])
})

test('high contrast draws borders, and their colour alone where there is no room for one', () => {
  const { pen, calls } = recorder()
  const narrow = foldedGraph('main;a 998', 'main;b 1', 'main;c 1')
  const palette = makePalette(themeOf('high contrast'))
  draw(pen, sceneOf(narrow, { palette }))
  const borders = calls.filter(({ what }) => what === 'stroke')
  expect(borders).toHaveLength(5)
  expect(new Set(borders.map(({ color }) => color))).toEqual(new Set([palette.border]))
})

test('in a difference more and less have colours of their own, and no change has none', () => {
  const { pen, calls } = recorder()
  const cum = graph.cum
  const baseCum = Float64Array.from(cum, (value, node) => (node === nodeAt(graph, 'main', 'a') ? value / 2 : value))
  baseCum[nodeAt(graph, 'main', 'b')] = 80
  const scene = sceneOf({ ...graph, baseCum })
  draw(pen, scene)
  const colorAt = (x: number, y: number) => frames(calls).find((each) => each.x === x && each.y === y)?.color
  expect(scene.palette.more.map(({ fill }) => fill)).toContain(colorAt(0, 40))
  expect(scene.palette.less.map(({ fill }) => fill)).toContain(colorAt(600, 40))
  expect(colorAt(600, 60)).toBe(scene.palette.root.fill)
})

test('an empty graph is an empty canvas', () => {
  const { pen, calls } = recorder()
  const nothing: FlameGraph = { ...graph, nodeCount: 0, levelOffsets: new Uint32Array([0]) }
  expect(draw(pen, sceneOf(nothing))).toBe(0)
  expect(calls).toHaveLength(1)
})
