/**
 * Merges call stacks into a tree, one node for each different path of frames. Nodes are numbered in order of creation,
 * so a parent always has a smaller number than its children. Only structure and added values; no order, no picture.
 */
import { Float64Builder, Uint32Builder } from './growable.ts'

export class CallTree {
  private readonly parents = new Uint32Builder()
  private readonly frames = new Uint32Builder()
  private readonly selfValues: Float64Builder[]
  /** Node numbers plus one, by hash of parent and frame; at most half full. */
  private slots = new Uint32Array(4096)

  /** `columns`: how many values a node has. Node 0 is the root and stands for no frame (frame 0). */
  constructor(columns: number) {
    this.selfValues = Array.from({ length: columns }, () => new Float64Builder())
    this.create(0, 0)
  }

  get nodeCount(): number {
    return this.frames.length
  }

  /** The child of `parent` for `frame`, made if it is new. */
  child(parent: number, frame: number): number {
    const mask = this.slots.length - 1
    let slot = hashOf(parent, frame) & mask
    for (;;) {
      const entry = this.slots[slot] ?? 0
      if (entry === 0) break
      if (this.parents.at(entry - 1) === parent && this.frames.at(entry - 1) === frame) return entry - 1
      slot = (slot + 1) & mask
    }
    const node = this.create(parent, frame)
    this.slots[slot] = node + 1
    if (this.frames.length * 2 > this.slots.length) this.rehash()
    return node
  }

  addSelf(node: number, column: number, value: number): void {
    this.selfValues[column]?.add(node, value)
  }

  finish(): { parent: Uint32Array; frame: Uint32Array; self: Float64Array[] } {
    return {
      parent: this.parents.finish(),
      frame: this.frames.finish(),
      self: this.selfValues.map((column) => column.finish()),
    }
  }

  private create(parent: number, frame: number): number {
    this.parents.push(parent)
    this.frames.push(frame)
    for (const column of this.selfValues) column.push(0)
    return this.frames.length - 1
  }

  private rehash(): void {
    const slots = new Uint32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let node = 1; node < this.frames.length; node++) {
      let slot = hashOf(this.parents.at(node), this.frames.at(node)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = node + 1
    }
    this.slots = slots
  }
}

function hashOf(parent: number, frame: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(frame + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Adds the values of every node to its ancestors, in place. */
export function sumUpwards(parent: Uint32Array, values: Float64Array): void {
  for (let node = values.length - 1; node > 0; node--) {
    const above = parent[node] ?? 0
    values[above] = (values[above] ?? 0) + (values[node] ?? 0)
  }
}
