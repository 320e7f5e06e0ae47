/**
 * The maps of a program as the kernel will see them: type, size of key and value, entries, bytes. Types come from the
 * checker where it knows them; what it does not know counts as eight bytes.
 */
import type { ProgramContext } from '../program-context.ts'
import type { Node } from '../syntax/ast.ts'
import { nodesIn } from '../syntax/nodes-by-kind.ts'
import { sizeOf } from '../types/size.ts'
import type { Type } from '../types/type.ts'
import { type MapLayout, type MapShape, mapBytes, mapLayout, STACK_MAP_ENTRIES } from './map-memory.ts'

export interface MapEstimate {
  /** With `@`; for the maps that bpftrace adds to hold stacks, their kind. */
  readonly name: string
  readonly shape: MapShape
  readonly bytes: number
}

const DEFAULT_ENTRIES = 4096
const WORD = 8

/** Aggregates whose entries hold one bucket each, so that the key grows by a bucket number. */
const bucketed = new Set(['hist', 'lhist', 'tseries'])
const paired = new Set(['min', 'max', 'avg', 'stats'])
const aggregateCalls = new Set(['count', 'sum', 'min', 'max', 'avg', 'stats', 'hist', 'lhist', 'tseries'])

interface MapUse {
  keyed: boolean
  keys: readonly Node[]
  aggregate: string | undefined
  value: Node | undefined
}

export function mapEstimates(context: ProgramContext, cpus: number): MapEstimate[] {
  const layout = mapLayout(context.catalog.version)
  const maxEntries = configuredEntries(context) ?? DEFAULT_ENTRIES
  const declared = declarations(context)
  const estimates: MapEstimate[] = []
  const stackDepths = new Set<number>()
  for (const [name, use] of mapUses(context)) {
    const { key, stacks } = keySize(context, layout, name, use)
    const value = valueSize(context, layout, name, use)
    for (const depth of [...stacks, ...value.stacks]) stackDepths.add(depth)
    const declaration = declared.get(name)
    const entries =
      declaration?.size ?? (use.keyed || !layout.singleScalars ? maxEntries : scalarEntries(use, maxEntries))
    const shape = shapeOf(layout, use, declaration?.type, key, value.bytes, entries)
    estimates.push({ name, shape, bytes: mapBytes(shape, cpus) })
  }
  if (layout.stackMap !== null) {
    for (const depth of stackDepths) {
      const shape: MapShape = {
        type: layout.stackMap.type,
        key: layout.stackMap.key,
        value: depth * WORD,
        maxEntries: STACK_MAP_ENTRIES,
      }
      estimates.push({ name: `stacks of ${depth} frames`, shape, bytes: mapBytes(shape, cpus) })
    }
  }
  return estimates
}

/** A scalar histogram still has an entry for each bucket. */
function scalarEntries(use: MapUse, maxEntries: number): number {
  return bucketed.has(use.aggregate ?? '') ? maxEntries : 1
}

function shapeOf(
  layout: MapLayout,
  use: MapUse,
  declared: string | undefined,
  key: number,
  value: number,
  maxEntries: number,
): MapShape {
  if (declared !== undefined) {
    const type = (
      {
        lruhash: 'lru_hash',
        percpuhash: 'percpu_hash',
        percpulruhash: 'lru_percpu_hash',
        percpuarray: 'percpu_array',
      } as const
    )[declared]
    if (type !== undefined) return { type, key, value, maxEntries }
  }
  if (use.aggregate === undefined) return { type: 'hash', key, value, maxEntries }
  if (!use.keyed && use.aggregate === 'count' && layout.countsInArray) {
    return { type: 'percpu_array', key: 4, value, maxEntries: 1 }
  }
  return { type: 'percpu_hash', key, value, maxEntries }
}

function keySize(
  context: ProgramContext,
  layout: MapLayout,
  name: string,
  use: MapUse,
): { key: number; stacks: number[] } {
  const stacks: number[] = []
  const sizeOne = (type: Type | undefined): number => {
    if (type === undefined || type.kind === 'unknown' || type.kind === 'none') return WORD
    if (type.kind === 'stack' && layout.stackMap !== null) {
      stacks.push(type.limit)
      return layout.stackMap.reference
    }
    if (type.kind === 'tuple' && layout.widensKeys) return type.elements.reduce((sum, each) => sum + sizeOne(each), 0)
    if (type.kind === 'string') return type.size
    const size = sizeOf(type) || WORD
    return layout.widensKeys ? Math.max(Math.ceil(size / WORD) * WORD, WORD) : size
  }
  const known = context.types.map(name)?.key
  const extra =
    bucketed.has(use.aggregate ?? '') || (layout.pairBytes === WORD && ['avg', 'stats'].includes(use.aggregate ?? ''))
  let key = 0
  // Before stacks lay in the keys, a map without a key had nothing but the bucket in it.
  if (!use.keyed) key = extra && layout.stackMap !== null ? 0 : WORD
  else if (known !== undefined) key = sizeOne(known)
  else key = use.keys.reduce((sum, each) => sum + sizeOne(context.types.typeOf(each)), 0)
  return { key: key + (extra ? WORD : 0) || WORD, stacks }
}

function valueSize(
  context: ProgramContext,
  layout: MapLayout,
  name: string,
  use: MapUse,
): { bytes: number; stacks: number[] } {
  if (use.aggregate !== undefined) {
    if (paired.has(use.aggregate)) return { bytes: layout.pairBytes, stacks: [] }
    return { bytes: use.aggregate === 'tseries' ? 24 : WORD, stacks: [] }
  }
  const type = context.types.map(name)?.value ?? (use.value === undefined ? undefined : context.types.typeOf(use.value))
  if (type === undefined || type.kind === 'unknown' || type.kind === 'none') return { bytes: WORD, stacks: [] }
  if (type.kind === 'stack' && layout.stackMap !== null)
    return { bytes: layout.stackMap.reference, stacks: [type.limit] }
  if (type.kind === 'string') return { bytes: type.size, stacks: [] }
  const size = sizeOf(type) || WORD
  return { bytes: layout.widensKeys && type.kind === 'integer' ? WORD : size, stacks: [] }
}

/** Every map that is written, read or declared, by name, in the order of first use. */
function mapUses(context: ProgramContext): Map<string, MapUse> {
  const uses = new Map<string, MapUse>()
  const use = (name: string): MapUse => {
    const known = uses.get(name)
    if (known !== undefined) return known
    const created: MapUse = { keyed: false, keys: [], aggregate: undefined, value: undefined }
    uses.set(name, created)
    return created
  }
  for (const item of context.tree.program.items) {
    // A macro's maps are parameters or belong to the place of its call.
    if (item.kind === 'Macro') continue
    const { mapReferences, mapAccesses, assignments } = nodesIn(item)
    for (const { name } of mapReferences) use(name)
    for (const { map, keys } of mapAccesses) {
      const access = use(map.name)
      access.keyed = true
      if (access.keys.length === 0) access.keys = keys
    }
    for (const { target, value } of assignments) {
      const map = target.kind === 'MapAccess' ? target.map : target
      if (map.kind !== 'MapReference') continue
      const written = use(map.name)
      written.value ??= value
      if (value.kind === 'Call' && aggregateCalls.has(value.callee.text)) written.aggregate = value.callee.text
    }
  }
  return uses
}

function declarations(context: ProgramContext): Map<string, { type: string; size: number }> {
  const found = new Map<string, { type: string; size: number }>()
  for (const item of context.tree.program.items) {
    if (item.kind !== 'MapDeclaration' || item.size.kind !== 'IntegerLiteral') continue
    found.set(item.map.name, { type: item.type.text, size: Number(item.size.value ?? 0n) })
  }
  return found
}

function configuredEntries(context: ProgramContext): number | undefined {
  for (const item of context.tree.program.items) {
    if (item.kind !== 'Config') continue
    for (const entry of item.entries) {
      if (entry.kind !== 'ConfigEntry' || !/(^|_)max_map_keys$/i.test(entry.key.text)) continue
      if (entry.value.kind === 'IntegerLiteral') return Number(entry.value.value ?? 0n)
    }
  }
  return undefined
}
