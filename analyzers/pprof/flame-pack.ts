/**
 * A flame graph as one buffer and back: a JSON header with the texts, then the columns, each at a multiple of eight. One
 * buffer crosses workers and webviews by a plain copy, however many names are in it; numbers are little-endian, as on
 * every machine VS Code runs on.
 */
import type { FlameFrame, FlameGraph } from './flame-layout.ts'

type Column = Float64Array | Uint32Array | Int32Array

interface Header {
  readonly sampleType: FlameGraph['sampleType']
  /** Texts once each; a frame is four numbers: name, file, line, mapping. */
  readonly texts: readonly string[]
  readonly frames: readonly number[]
  readonly nodeCount: number
  readonly rows: number
  readonly isDifferential: boolean
}

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8

export function packFlameGraph(graph: FlameGraph): ArrayBuffer {
  const header = new TextEncoder().encode(JSON.stringify(makeHeader(graph)))
  const columns: Column[] = [graph.flat, graph.cum, graph.x0, graph.x1]
  if (graph.baseFlat !== null && graph.baseCum !== null) columns.push(graph.baseFlat, graph.baseCum)
  columns.push(graph.parent, graph.depth, graph.frame, graph.firstChild, graph.levelOffsets)
  const start = align(8 + header.length)
  const buffer = new ArrayBuffer(columns.reduce((size, column) => size + align(column.byteLength), start))
  new DataView(buffer).setUint32(0, header.length, true)
  new Uint8Array(buffer).set(header, 8)
  let offset = start
  for (const column of columns) {
    new Uint8Array(buffer, offset).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
    offset += align(column.byteLength)
  }
  return buffer
}

/** The columns of the result are views of `buffer`. */
export function unpackFlameGraph(buffer: ArrayBuffer): FlameGraph {
  const headerSize = new DataView(buffer).getUint32(0, true)
  // Only `packFlameGraph` makes such buffers, so the shape of the header is its own.
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerSize))) as Header
  const { nodeCount, rows } = header
  let offset = align(8 + headerSize)
  const take = <Result extends Column>(
    make: new (buffer: ArrayBuffer, offset: number, length: number) => Result,
    length: number,
  ) => {
    const column = new make(buffer, offset, length)
    offset += align(column.byteLength)
    return column
  }
  const flat = take(Float64Array, nodeCount)
  const cum = take(Float64Array, nodeCount)
  const x0 = take(Float64Array, nodeCount)
  const x1 = take(Float64Array, nodeCount)
  const baseFlat = header.isDifferential ? take(Float64Array, nodeCount) : null
  const baseCum = header.isDifferential ? take(Float64Array, nodeCount) : null
  const parent = take(Int32Array, nodeCount)
  const depth = take(Uint32Array, nodeCount)
  const frame = take(Uint32Array, nodeCount)
  const firstChild = take(Uint32Array, nodeCount + 1)
  const levelOffsets = take(Uint32Array, rows + 1)
  const frames = readFrames(header)
  return {
    sampleType: header.sampleType,
    frames,
    nodeCount,
    parent,
    depth,
    frame,
    flat,
    cum,
    baseFlat,
    baseCum,
    x0,
    x1,
    firstChild,
    levelOffsets,
  }
}

function makeHeader(graph: FlameGraph): Header {
  const index = new Map<string, number>()
  const intern = (text: string): number => {
    const known = index.get(text)
    if (known !== undefined) return known
    index.set(text, index.size)
    return index.size - 1
  }
  const frames = graph.frames.flatMap(({ name, file, line, mapping }) => [
    intern(name),
    intern(file),
    line,
    intern(mapping),
  ])
  return {
    sampleType: graph.sampleType,
    texts: [...index.keys()],
    frames,
    nodeCount: graph.nodeCount,
    rows: Math.max(0, graph.levelOffsets.length - 1),
    isDifferential: graph.baseCum !== null,
  }
}

function readFrames({ texts, frames }: Header): FlameFrame[] {
  const text = (at: number): string => texts[frames[at] ?? 0] ?? ''
  return Array.from({ length: frames.length / 4 }, (_, frame) => {
    const at = frame * 4
    return { name: text(at), file: text(at + 1), line: frames[at + 2] ?? 0, mapping: text(at + 3) }
  })
}
