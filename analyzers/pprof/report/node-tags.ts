/**
 * Which labels the value of a node comes with, for the little boxes beside the nodes of a call graph: its text labels
 * together as one tag, and for each such tag the numbers of the label `bytes`, the only numeric one that is shown.
 */
import { exactSums } from '../int64.ts'
import { labelsOf, numericUnits } from '../label-sets.ts'
import type { Int64Column } from '../profile.ts'
import { scaledText } from '../units.ts'
import { BASE_LABEL, type View } from '../view.ts'
import type { ReportNode } from './report-graph.ts'

export interface Tag {
  readonly name: string
  readonly unit: string
  readonly value: bigint
  flat: bigint
  flatCount: bigint
  cum: bigint
  cumCount: bigint
}

export interface NodeTags {
  /** By all text labels of a sample, sorted and joined. */
  texts: Map<string, Tag>
  /** By the same, '' for samples without text labels; then by the printed number. */
  numbers: Map<string, Map<string, Tag>>
}

const SHOWN_NUMBER = 'bytes'

/** The tags of one label set. */
interface SetTags {
  readonly texts: string
  readonly numbers: readonly { readonly printed: string; readonly value: bigint; readonly unit: string }[]
}

/** The nodes that a stack passes through, each once, and the one it ends in. */
export interface NodePath {
  readonly all: readonly ReportNode[]
  readonly leaf: ReportNode | undefined
}

export function addNodeTags(view: View, pathOf: (stack: number) => NodePath): void {
  const { profile } = view
  if (profile.labelSets.key.length === 0) return
  const sets = Array.from({ length: profile.labelSets.length }, (_, set) => tagsOfSet(view, set))
  const groups = groupSamples(view, sets)
  const tags: Tag[] = []
  const numberOf = new Map<Tag, number>()
  const slotsOf = (node: ReportNode, set: SetTags): number[] =>
    tagsOfNode(node, set).map((tag) => {
      const known = numberOf.get(tag)
      if (known !== undefined) return known
      numberOf.set(tag, tags.length)
      return tags.push(tag) - 1
    })
  const places = groups.map(({ stack, set }) => {
    const shown = sets[set] ?? { texts: '', numbers: [] }
    const { all, leaf } = pathOf(stack)
    return {
      flat: leaf === undefined ? [] : slotsOf(leaf, shown),
      cum: all.flatMap((node) => slotsOf(node, shown)),
    }
  })
  const addUp = (column: Int64Column, store: (tag: Tag, flat: bigint, cum: bigint) => void) => {
    const [flat, cum] = exactSums(column, (weights) => {
      const flats = new Float64Array(tags.length)
      const cums = new Float64Array(tags.length)
      places.forEach((place, group) => {
        const weight = weights[group] ?? 0
        for (const slot of place.flat) flats[slot] = (flats[slot] ?? 0) + weight
        for (const slot of place.cum) cums[slot] = (cums[slot] ?? 0) + weight
      })
      return [flats, cums]
    })
    tags.forEach((tag, slot) => {
      store(tag, BigInt(flat?.[slot] ?? 0), BigInt(cum?.[slot] ?? 0))
    })
  }
  addUp(
    BigInt64Array.from(groups, (group) => group.weight),
    (tag, flat, cum) => Object.assign(tag, { flat, cum }),
  )
  if (view.divisors === null) return
  addUp(
    BigInt64Array.from(groups, (group) => group.count),
    (tag, flatCount, cumCount) => Object.assign(tag, { flatCount, cumCount }),
  )
}

/** The tags of a node for a label set, made where they are new; a set that has a number twice has its tag twice. */
function tagsOfNode(node: ReportNode, set: SetTags): Tag[] {
  const found: Tag[] = []
  if (set.texts !== '') found.push(findOrMake(node.tags.texts, set.texts, '', 0n))
  for (const { printed, unit, value } of set.numbers) {
    const byNumber = node.tags.numbers.get(set.texts) ?? new Map<string, Tag>()
    node.tags.numbers.set(set.texts, byNumber)
    found.push(findOrMake(byNumber, printed, unit, value))
  }
  return found
}

function findOrMake(tags: Map<string, Tag>, name: string, unit: string, value: bigint): Tag {
  let tag = tags.get(name)
  if (tag === undefined) {
    tag = { name, unit, value, flat: 0n, flatCount: 0n, cum: 0n, cumCount: 0n }
    tags.set(name, tag)
  }
  return tag
}

function tagsOfSet(view: View, set: number): SetTags {
  const units = numericUnits(view.whole)
  const texts: string[] = []
  const numbers: { printed: string; value: bigint; unit: string }[] = []
  for (const { key, text, number } of labelsOf(view.profile, set)) {
    if (text !== null) {
      if (key !== BASE_LABEL.key) texts.push(`${key}:${text}`)
    } else if (key === SHOWN_NUMBER) {
      const unit = units.get(key) ?? key
      numbers.push({ printed: scaledText(Number(number), unit, view.unit ?? 'minimum'), value: number, unit })
    }
  }
  return { texts: texts.sort().join('\\n'), numbers }
}

interface Group {
  readonly stack: number
  readonly set: number
  weight: bigint
  count: bigint
}

/** Samples of one stack with the same tags are one. */
function groupSamples(view: View, sets: readonly SetTags[]): Group[] {
  const { samples } = view.profile
  const values = samples.values[view.sampleIndex]
  const counts = view.divisors === null ? undefined : samples.values[0]
  const groups = new Map<number, Group>()
  for (let sample = 0; sample < samples.length; sample++) {
    const weight = BigInt(values?.[sample] ?? 0)
    const count = BigInt(counts?.[sample] ?? 0)
    if (weight === 0n && count === 0n) continue
    const set = samples.labelSet[sample] ?? 0
    const tags = sets[set]
    if (tags === undefined || (tags.texts === '' && tags.numbers.length === 0)) continue
    const stack = samples.stack[sample] ?? 0
    const key = stack * sets.length + set
    const group = groups.get(key) ?? { stack, set, weight: 0n, count: 0n }
    if (group.weight === 0n && group.count === 0n) groups.set(key, group)
    group.weight = BigInt.asIntN(64, group.weight + weight)
    group.count = BigInt.asIntN(64, group.count + count)
  }
  return [...groups.values()]
}
