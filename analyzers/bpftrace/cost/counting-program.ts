/**
 * A program that does nothing but count how often the probes of another one fire: the same attach points without
 * predicates and actions, and two looks at the counters, `seconds` apart. What it prints is read by `readCounts`.
 */
import { catalogFor } from '../catalog/index.ts'
import { parse } from '../syntax/parse.ts'
import type { Version } from '../version.ts'

export interface CountingProgram {
  readonly program: string
  /** Attach points as the other program writes them; their counters have the same numbers. */
  readonly points: readonly string[]
}

export interface Counts {
  /** By attach point: events in a second. */
  readonly rates: Readonly<Record<string, number>>
  /** Between the two looks. */
  readonly seconds: number
}

/** Timers need no counting; the others fire once, on a person's hand, or only where they change what they watch. */
const uncounted = new Set([
  '',
  'begin',
  'end',
  'self',
  'test',
  'bench',
  'iter',
  'interval',
  'profile',
  'watchpoint',
  'asyncwatchpoint',
])
/** A return probe moves the return address of the traced program: its entry fires as often and leaves that alone. */
const entryOf: Readonly<Record<string, string>> = { uretprobe: 'uprobe' }

/** Five looks a second; the first is the base, so that attaching the probes counts for nothing. */
const TICKS_PER_SECOND = 5
const MS_PER_TICK = 200
const NS_PER_SECOND = 1e9

/** Undefined when no probe of the program is to be counted. */
export function countingProgram(source: string, version: Version, seconds: number): CountingProgram | undefined {
  const catalog = catalogFor(version)
  const points = new Map<string, string>()
  for (const item of parse(source).program.items) {
    if (item.kind !== 'Probe') continue
    for (const point of item.attachPoints) {
      const entry = catalog.probeType(point.parts[0]?.text ?? '')
      const provider = entry?.aliasOf ?? entry?.name ?? ''
      if (uncounted.has(provider) || point.parts.length < 2) continue
      const text = point.text.trim()
      const own = point.parts[0]?.text ?? ''
      const replaced = entryOf[provider]
      points.set(text, replaced === undefined ? text : replaced + text.slice(own.length))
    }
  }
  if (points.size === 0) return undefined
  const last = 1 + Math.max(1, Math.round(seconds * TICKS_PER_SECOND))
  const probes = [...points.values()].map((text, i) => `${text} { @c[${i}] = count(); }`)
  const look = `interval:ms:${MS_PER_TICK} { @t = @t + 1; if (@t == 1 || @t == ${last}) { printf("%llu\\n", nsecs); print(@c); } if (@t == ${last}) { exit(); } }`
  return { program: `${[...probes, look].join('\n')}\n`, points: [...points.keys()] }
}

interface Look {
  readonly ns: number
  readonly counts: Readonly<Record<string, number>>
}

/** From bpftrace's JSON lines; undefined when it ended before the second look. */
export function readCounts(output: string, points: readonly string[]): Counts | undefined {
  const [first, second] = looks(output)
  if (first === undefined || second === undefined || second.ns <= first.ns) return undefined
  const seconds = (second.ns - first.ns) / NS_PER_SECOND
  const rate = (i: number) => Math.max(0, (second.counts[i] ?? 0) - (first.counts[i] ?? 0)) / seconds
  return { rates: Object.fromEntries(points.map((point, i) => [point, rate(i)])), seconds }
}

function looks(output: string): Look[] {
  const found: Look[] = []
  let ns: number | undefined
  for (const line of output.split('\n')) {
    const event = parseEvent(line)
    if (event?.type === 'printf' && typeof event.data === 'string') {
      // Nothing has fired yet where no map follows.
      if (ns !== undefined) found.push({ ns, counts: {} })
      ns = Number(event.data)
    } else if (event?.type === 'map' && ns !== undefined) {
      found.push({ ns, counts: countsOf(event.data) })
      ns = undefined
    }
  }
  if (ns !== undefined) found.push({ ns, counts: {} })
  return found
}

function parseEvent(line: string): { readonly type: unknown; readonly data: unknown } | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return undefined
    return { type: value.type, data: value.data }
  } catch {
    // A line that was cut off when the program was stopped.
    return undefined
  }
}

function countsOf(data: unknown): Record<string, number> {
  if (typeof data !== 'object' || data === null || !('@c' in data)) return {}
  const counts = data['@c']
  if (typeof counts !== 'object' || counts === null) return {}
  return Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, Number(value)]))
}
