/**
 * V8's `.cpuprofile` (both the flat node list and the older nested head) and `.heapprofile`, as the DevTools protocol
 * describes them (Profiler.Profile, HeapProfiler.SamplingHeapProfile). Times are microseconds there, nanoseconds here;
 * lines and columns count from 0 there, from 1 here.
 */
import { z } from 'zod'
import { UserError } from '../../shared/user-error.ts'
import type { Profile } from '../profile.ts'
import { ProfileBuilder } from '../profile-builder.ts'
import { IMPOSSIBLE, Omissions, wholeNumbers } from './lines.ts'

const CallFrame = z.looseObject({
  functionName: z.string(),
  url: z.string().default(''),
  lineNumber: z.number().default(-1),
  columnNumber: z.number().default(-1),
})
type CallFrame = z.infer<typeof CallFrame>

const CpuNode = z.looseObject({
  id: z.number(),
  callFrame: CallFrame,
  hitCount: z.number().optional(),
  children: z.array(z.unknown()).optional(),
  parent: z.number().optional(),
})
const HeapNode = CpuNode.extend({ selfSize: z.number().default(0) })

/** Nodes and samples are judged one by one: a bad one does not reject the file. */
const CpuProfile = z.looseObject({
  nodes: z.array(z.unknown()),
  startTime: z.number().default(0),
  endTime: z.number().default(0),
  samples: z.array(z.unknown()).optional(),
  timeDeltas: z.array(z.unknown()).optional(),
})

/** A node of the nested forms: `.heapprofile`, and `.cpuprofile` as Chrome wrote it before 2016. */
interface NestedNode {
  readonly id?: number
  readonly callFrame?: unknown
  readonly functionName?: string
  readonly url?: string
  readonly lineNumber?: number
  readonly columnNumber?: number
  readonly hitCount?: number
  readonly selfSize?: number
  readonly children?: readonly NestedNode[]
}

const MICROSECOND = 1000

export function looksLikeCpuProfile(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false
  return 'nodes' in json ? 'startTime' in json || 'samples' in json : 'head' in json && 'startTime' in json
}

export function looksLikeHeapProfile(json: unknown): boolean {
  return hasHead(json) && typeof json.head === 'object' && json.head !== null && 'selfSize' in json.head
}

/** @throws UserError `PROFILE_CORRUPT` or `PROFILE_EMPTY`. */
export function importCpuProfile(json: unknown): Profile {
  const parsed = CpuProfile.safeParse(hasHead(json) ? flattened(json) : json)
  if (!parsed.success) throw corrupt('.cpuprofile', parsed.error)
  const { startTime, endTime, samples = [], timeDeltas = [] } = parsed.data
  const builder = new ProfileBuilder([
    { type: 'samples', unit: 'count' },
    { type: 'wall', unit: 'nanoseconds' },
  ])
  const omissions = new Omissions()
  const nodes = readableNodes(parsed.data.nodes, CpuNode, '.cpuprofile', omissions)
  const stackOf = stacks(nodes, builder)
  const duration = Math.max(endTime - startTime, 0)
  if (samples.length === 0) {
    // Without a time line, every hit stands for an equal share of the whole.
    const hits = nodes.reduce((sum, node) => sum + (node.hitCount ?? 0), 0)
    for (const node of nodes) {
      if (!node.hitCount) continue
      const values = wholeNumbers([node.hitCount, (node.hitCount / hits) * duration * MICROSECOND])
      if (values === undefined) omissions.add(IMPOSSIBLE, `node ${node.id}`)
      else builder.addSample(stackOf(node.id) ?? [], values)
    }
  }
  const timeOf = sampleTimes(samples.length, timeDeltas, startTime, endTime)
  for (const [i, id] of samples.entries()) {
    const stack = typeof id === 'number' ? stackOf(id) : undefined
    const values = wholeNumbers([1, timeOf(i) * MICROSECOND])
    if (stack === undefined) omissions.add('samples of a node that does not exist', `sample ${i + 1}`)
    else if (values === undefined) omissions.add(IMPOSSIBLE, `sample ${i + 1}`)
    else builder.addSample(stack, values)
  }
  if (builder.sampleCount === 0) throw empty('.cpuprofile')
  return builder.finish({
    durationNanos: BigInt(wholeNumbers([duration * MICROSECOND])?.[0] ?? 0),
    periodType: { type: 'wall', unit: 'nanoseconds' },
    period: BigInt(wholeNumbers([(duration / samples.length) * MICROSECOND])?.[0] ?? 0),
    warnings: omissions.warnings(),
  })
}

/** @throws UserError `PROFILE_CORRUPT` or `PROFILE_EMPTY`. */
export function importHeapProfile(json: unknown): Profile {
  const counts = allocationCounts(json)
  const builder = new ProfileBuilder([
    ...(counts === undefined ? [] : [{ type: 'objects', unit: 'count' }]),
    { type: 'space', unit: 'bytes' },
  ])
  const { nodes } = hasHead(json) ? flattened(json) : { nodes: [] }
  const omissions = new Omissions()
  const readable = readableNodes(nodes, HeapNode, '.heapprofile', omissions)
  const stackOf = stacks(readable, builder)
  for (const node of readable) {
    const count = counts?.get(node.id) ?? 0
    if (node.selfSize === 0 && count === 0) continue
    const values = wholeNumbers(counts === undefined ? [node.selfSize] : [count, node.selfSize])
    if (values === undefined) omissions.add(IMPOSSIBLE, `node ${node.id}`)
    else builder.addSample(stackOf(node.id) ?? [], values)
  }
  if (builder.sampleCount === 0) throw empty('.heapprofile')
  return builder.finish({ periodType: { type: 'space', unit: 'bytes' }, warnings: omissions.warnings() })
}

/** @throws UserError `PROFILE_CORRUPT` when there are nodes and none can be read. */
function readableNodes<Node>(
  nodes: readonly unknown[],
  schema: z.ZodType<Node>,
  format: string,
  omissions: Omissions,
): Node[] {
  const readable: Node[] = []
  let problem: z.ZodError | undefined
  for (const [i, each] of nodes.entries()) {
    const parsed = schema.safeParse(each)
    if (parsed.success) readable.push(parsed.data)
    else {
      problem ??= parsed.error
      omissions.add('nodes that do not follow the schema', `node ${i + 1}`)
    }
  }
  if (readable.length === 0 && problem !== undefined) throw corrupt(format, problem)
  return readable
}

/**
 * How long each sample stands, in microseconds: until the next one was taken, as Chrome's performance panel counts; the
 * last one until the end of the profile.
 */
function sampleTimes(count: number, deltas: readonly unknown[], start: number, end: number): (index: number) => number {
  const at: number[] = []
  let time = start
  for (let i = 0; i < count; i++) {
    const delta = deltas[i]
    time += typeof delta === 'number' ? delta : 0
    at.push(time)
  }
  const even = count > 0 ? Math.max(end - start, 0) / count : 0
  return (index) =>
    deltas.length === 0 ? even : Math.max((at[index + 1] ?? Math.max(end, time)) - (at[index] ?? 0), 0)
}

/** Leaf-first locations of a node's stack; the artificial `(root)` is left out. `undefined` for an unknown id. */
function stacks(
  nodes: readonly { id: number; callFrame: CallFrame; children?: unknown[] | undefined; parent?: number | undefined }[],
  builder: ProfileBuilder,
): (id: number) => readonly number[] | undefined {
  const parents = new Map<number, number>()
  const frames = new Map<number, number | undefined>()
  for (const node of nodes) {
    if (node.parent !== undefined) parents.set(node.id, node.parent)
    for (const child of node.children ?? []) if (typeof child === 'number') parents.set(child, node.id)
    frames.set(node.id, node.callFrame.functionName === '(root)' ? undefined : frameRow(node.callFrame, builder))
  }
  return (id) => {
    if (!frames.has(id)) return undefined
    const locations: number[] = []
    const seen = new Set<number>()
    for (let at: number | undefined = id; at !== undefined && !seen.has(at); at = parents.get(at)) {
      seen.add(at)
      const row = frames.get(at)
      if (row !== undefined) locations.push(row)
    }
    return locations
  }
}

function frameRow(frame: CallFrame, builder: ProfileBuilder): number {
  return builder.addFrame({
    name: frame.functionName === '' ? '(anonymous)' : frame.functionName,
    filename: frame.url,
    startLine: Math.max(Math.trunc(frame.lineNumber) + 1, 0),
    line: Math.max(Math.trunc(frame.lineNumber) + 1, 0),
    column: Math.max(Math.trunc(frame.columnNumber) + 1, 0),
  })
}

function hasHead(json: unknown): json is { head: NestedNode } {
  return typeof json === 'object' && json !== null && 'head' in json && typeof json.head === 'object'
}

/** The nested tree as a list, without recursion: real ones are thousands of levels deep. */
function flattened(json: { head: NestedNode }) {
  const nodes: unknown[] = []
  const pending: { node: NestedNode; parent: number | undefined }[] = [{ node: json.head, parent: undefined }]
  let nextId = -1
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const { node, parent } = entry
    const id = node.id ?? nextId--
    const callFrame = node.callFrame ?? {
      functionName: node.functionName ?? '',
      url: node.url ?? '',
      // The older form counts lines and columns from 1.
      lineNumber: (node.lineNumber ?? 0) - 1,
      columnNumber: (node.columnNumber ?? 0) - 1,
    }
    nodes.push({ id, callFrame, hitCount: node.hitCount, selfSize: node.selfSize, parent })
    for (const child of node.children ?? []) pending.push({ node: child, parent: id })
  }
  const { head: _, ...rest } = json
  const timestamps = z.array(z.number()).safeParse('timestamps' in rest ? rest.timestamps : undefined)
  // The older form gives seconds for start and end, and absolute microseconds for each sample.
  const old = timestamps.success && timestamps.data.length > 0
  if (!old) return { ...rest, nodes }
  const first = timestamps.data[0] ?? 0
  const deltas = timestamps.data.map((time, i) => time - (timestamps.data[i - 1] ?? first))
  return { ...rest, nodes, startTime: first, endTime: timestamps.data.at(-1) ?? first, timeDeltas: deltas }
}

/** Sampled allocations by node, where the file lists them. */
function allocationCounts(json: unknown): Map<number, number> | undefined {
  const list = z.looseObject({ samples: z.array(z.looseObject({ nodeId: z.number() })).nonempty() }).safeParse(json)
  if (!list.success) return undefined
  const counts = new Map<number, number>()
  for (const { nodeId } of list.data.samples) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1)
  return counts
}

function corrupt(format: string, error: z.ZodError): UserError {
  const issue = error.issues[0]
  return new UserError({
    code: 'PROFILE_CORRUPT',
    message: `The ${format} does not follow V8's schema at \`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? ''}`,
  })
}

function empty(format: string): UserError {
  return new UserError({ code: 'PROFILE_EMPTY', message: `The ${format} holds no samples` })
}
