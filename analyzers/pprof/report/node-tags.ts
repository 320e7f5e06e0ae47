/**
 * Which labels the value of a node comes with, for the little boxes beside the nodes of a call graph: its text labels
 * together as one tag, and for each such tag the numbers of the label `bytes`, the only numeric one that is shown.
 */
import { Uint32Builder } from '../growable.ts'
import { labelsOf, numericUnits } from '../label-sets.ts'
import { type Int64Column, NONE, type Profile } from '../profile.ts'
import { scaledText } from '../units.ts'
import { BASE_LABEL, type View } from '../view.ts'
import { magnitude, type ReportNode } from './report-graph.ts'

export interface Tag {
  readonly name: string
  readonly unit: string
  readonly value: bigint
  readonly flat: bigint
  readonly flatCount: bigint
  readonly cum: bigint
  readonly cumCount: bigint
}

export interface NodeTags {
  /** By all text labels of a sample, sorted and joined. */
  texts: Map<string, Tag>
  /** By the same, '' for samples without text labels; then by the printed number. */
  numbers: Map<string, Map<string, Tag>>
}

const SHOWN_NUMBER = 'bytes'

/** Which nodes each stack passes through, each once, and in which it ends. */
export interface NodePaths {
  /** The nodes of stack `i` are `nodes[offsets[i] .. offsets[i + 1])`. */
  readonly offsets: Uint32Array
  readonly nodes: Uint32Array
  /** `NONE` where the stack ends in no node. */
  readonly leaf: Uint32Array
}

/** The paths of the stacks through the frames of `rows`; a node's number is its place there. */
export function pathsThrough(view: View, rows: readonly number[]): NodePaths {
  const { profile, table } = view
  const { offsets: stackOffsets, locations, length } = profile.stacks
  const offsets = new Uint32Array(length + 1)
  const leaf = new Uint32Array(length).fill(NONE)
  const nodes = new Uint32Builder()
  if (profile.labelSets.key.length === 0) return { offsets, nodes: nodes.finish(), leaf }
  const nodeOf = new Uint32Array(table.frames.length).fill(NONE)
  for (const [node, row] of rows.entries()) nodeOf[row] = node
  const seenIn = new Uint32Array(rows.length)
  for (let stack = 0; stack < length; stack++) {
    offsets[stack] = nodes.length
    const start = stackOffsets[stack] ?? 0
    const end = stackOffsets[stack + 1] ?? 0
    for (let i = start; i < end; i++) {
      const location = locations[i] ?? 0
      const first = table.offsets[location] ?? 0
      for (let j = first; j < (table.offsets[location + 1] ?? 0); j++) {
        const node = nodeOf[table.ids[j] ?? 0] ?? NONE
        if (i === start && j === first) leaf[stack] = node
        if (node === NONE || seenIn[node] === stack + 1) continue
        seenIn[node] = stack + 1
        nodes.push(node)
      }
    }
  }
  offsets[length] = nodes.length
  return { offsets, nodes: nodes.finish(), leaf }
}

/** What tells tags of a node apart. */
interface TagKind {
  readonly texts: string
  /** `null`: the texts alone. */
  readonly number: { readonly printed: string; readonly value: bigint; readonly unit: string } | null
}

/** Tags whose value is below `least` are left out. */
export function addNodeTags(view: View, nodes: readonly ReportNode[], least: bigint, paths: NodePaths): void {
  const { samples, labelSets } = view.profile
  if (labelSets.key.length === 0) return
  const values = samples.values[view.sampleIndex] ?? new Float64Array(samples.length)
  const counts = view.divisors === null ? null : (samples.values[0] ?? new Float64Array(samples.length))
  const valueSums = new NodeSums(values, nodes.length)
  const countSums = counts && new NodeSums(counts, nodes.length)
  const isTouched = new Uint8Array(nodes.length)
  // One kind of tag at a time, so that the sums need no more room than the nodes.
  for (const [kind, rows] of samplesByKind(view, values, counts)) {
    if (rows.length === 0) continue
    const touched: number[] = []
    for (const row of rows) {
      const stack = samples.stack[row] ?? 0
      for (let i = paths.offsets[stack] ?? 0; i < (paths.offsets[stack + 1] ?? 0); i++) {
        const node = paths.nodes[i] ?? 0
        if (isTouched[node] === 0) touched.push(node)
        isTouched[node] = 1
      }
      valueSums.add(row, stack, paths)
      countSums?.add(row, stack, paths)
    }
    for (const node of touched) {
      isTouched[node] = 0
      if (valueSums.isBelow(node, least)) {
        valueSums.clear(node)
        countSums?.clear(node)
        continue
      }
      const { flat, cum } = valueSums.take(node)
      const { flat: flatCount, cum: cumCount } = countSums?.take(node) ?? { flat: 0n, cum: 0n }
      place(nodes[node], kind, { flat, flatCount, cum, cumCount })
    }
  }
}

/** Values of samples added up by node; exact, and wrapping around like int64. */
class NodeSums {
  private readonly values: Int64Column
  private readonly flat: Int64Column
  private readonly cum: Int64Column

  constructor(values: Int64Column, nodes: number) {
    const column = () => (values instanceof Float64Array ? new Float64Array(nodes) : new BigInt64Array(nodes))
    this.values = values
    this.flat = column()
    this.cum = column()
  }

  add(row: number, stack: number, { offsets, nodes, leaf }: NodePaths): void {
    const value = this.values[row] ?? 0
    for (let i = offsets[stack] ?? 0; i < (offsets[stack + 1] ?? 0); i++) addTo(this.cum, nodes[i] ?? 0, value)
    const end = leaf[stack] ?? NONE
    if (end !== NONE) addTo(this.flat, end, value)
  }

  /** The sums of a node, which begin anew. */
  take(node: number): { flat: bigint; cum: bigint } {
    const taken = { flat: BigInt(this.flat[node] ?? 0), cum: BigInt(this.cum[node] ?? 0) }
    this.clear(node)
    return taken
  }

  clear(node: number): void {
    clear(this.flat, node)
    clear(this.cum, node)
  }

  isBelow(node: number, least: bigint): boolean {
    const { flat, cum } = this
    if (flat instanceof Float64Array && cum instanceof Float64Array) {
      const limit = Number(least)
      return Math.abs(flat[node] ?? 0) < limit && Math.abs(cum[node] ?? 0) < limit
    }
    return magnitude(BigInt(flat[node] ?? 0)) < least && magnitude(BigInt(cum[node] ?? 0)) < least
  }
}

function addTo(column: Int64Column, row: number, value: number | bigint): void {
  if (column instanceof Float64Array) column[row] = (column[row] ?? 0) + Number(value)
  else column[row] = (column[row] ?? 0n) + BigInt(value)
}

function clear(column: Int64Column, row: number): void {
  if (column instanceof Float64Array) column[row] = 0
  else column[row] = 0n
}

function place(node: ReportNode | undefined, { texts, number }: TagKind, sums: Omit<Tag, 'name' | 'unit' | 'value'>) {
  if (node === undefined) return
  if (number === null) {
    node.tags.texts.set(texts, { name: texts, unit: '', value: 0n, ...sums })
    return
  }
  const byNumber = node.tags.numbers.get(texts) ?? new Map<string, Tag>()
  node.tags.numbers.set(texts, byNumber)
  byNumber.set(number.printed, { name: number.printed, unit: number.unit, value: number.value, ...sums })
}

const byKind = new WeakMap<View, ReadonlyMap<TagKind, readonly number[]>>()

/** The samples that have each kind of tag; one that has a number twice is there twice. Found once for a view. */
function samplesByKind(
  view: View,
  values: Int64Column,
  counts: Int64Column | null,
): ReadonlyMap<TagKind, readonly number[]> {
  const known = byKind.get(view)
  if (known !== undefined) return known
  const found = sortByKind(view, values, counts)
  byKind.set(view, found)
  return found
}

function sortByKind(view: View, values: Int64Column, counts: Int64Column | null): Map<TagKind, number[]> {
  const { profile } = view
  const kinds = new Map<string, TagKind>()
  const kindsOfSet: TagKind[][] = Array.from({ length: profile.labelSets.length }, (_, set) =>
    tagsOfSet(view, profile, set).map((kind) => {
      const key = `${kind.texts}\0${kind.number?.printed ?? ''}`
      const known = kinds.get(key) ?? kind
      kinds.set(key, known)
      return known
    }),
  )
  const rows = new Map<TagKind, number[]>([...kinds.values()].map((kind) => [kind, []]))
  for (let sample = 0; sample < profile.samples.length; sample++) {
    if (Number(values[sample] ?? 0) === 0 && Number(counts?.[sample] ?? 0) === 0) continue
    for (const kind of kindsOfSet[profile.samples.labelSet[sample] ?? 0] ?? []) rows.get(kind)?.push(sample)
  }
  return rows
}

function tagsOfSet(view: View, profile: Profile, set: number): TagKind[] {
  const units = numericUnits(view.whole)
  const names: string[] = []
  const numbers: NonNullable<TagKind['number']>[] = []
  for (const { key, text, number } of labelsOf(profile, set)) {
    if (text !== null) {
      if (key !== BASE_LABEL.key) names.push(`${key}:${text}`)
    } else if (key === SHOWN_NUMBER) {
      const unit = units.get(key) ?? key
      numbers.push({ printed: scaledText(Number(number), unit, view.unit ?? 'minimum'), value: number, unit })
    }
  }
  const texts = names.sort().join('\\n')
  return [...(texts === '' ? [] : [{ texts, number: null }]), ...numbers.map((number) => ({ texts, number }))]
}
