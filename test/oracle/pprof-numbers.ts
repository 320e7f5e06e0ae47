/** What google/pprof computed of the fixture profiles, and our numbers in the same shape, for comparison in one step. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { meta } from '../../analyzers/pprof/meta.ts'
import { peek } from '../../analyzers/pprof/peek.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import { tags } from '../../analyzers/pprof/tags.ts'
import { top } from '../../analyzers/pprof/top.ts'
import { frameSums, viewOf } from '../../analyzers/pprof/view.ts'
import type { ViewOptions } from '../../analyzers/pprof/view-options.ts'
import { readProfile } from '../../services/profiles/read-profile.ts'

const fixtures = path.join(import.meta.dirname, '..', 'fixtures', 'profiles')

const rows = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((list) => list ?? [])

const numbersOfType = z.object({
  type: z.string(),
  total: z.string(),
  report_total: z.string(),
  functions: rows(z.object({ name: z.string(), flat: z.string(), cum: z.string() })),
  lines: rows(z.object({ func: z.string(), file: z.string(), line: z.number(), flat: z.string(), cum: z.string() })),
  edges: rows(z.object({ from: z.string(), to: z.string(), weight: z.string(), inline: z.boolean() })),
})

const oracle = z.object({
  file: z.string(),
  default_index: z.number(),
  duration_nanos: z.string(),
  time_nanos: z.string(),
  period: z.string(),
  n_samples: z.number(),
  n_locations: z.number(),
  n_functions: z.number(),
  max_depth_locations: z.number(),
  types: z.array(numbersOfType),
  tags: rows(z.object({ key: z.string(), value: z.string(), num: z.boolean(), totals: z.array(z.string()) })),
})
export type Oracle = z.output<typeof oracle>

/** Names of the oracles of a kind, `scenario/type` for `dev`. */
export function oracleNames(kind: 'dev' | 'diff' | 'focus' | 'merge'): string[] {
  return readdirSync(path.join(fixtures, 'oracle', kind), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => name.slice(0, -'.json.gz'.length))
    .sort()
}

export function readOracle(kind: string, name: string): Oracle {
  const file = path.join(fixtures, 'oracle', kind, `${name}.json.gz`)
  return oracle.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()))
}

export function fixturePath(...parts: readonly string[]): string {
  return path.join(fixtures, ...parts)
}

export function fixtureProfile(...parts: readonly string[]): Promise<Profile> {
  return readProfile(fixturePath(...parts))
}

/** Everything the oracle says about one sample type, as sorted lines of text. */
export interface Numbers {
  readonly total: string
  readonly functions: readonly string[]
  readonly lines: readonly string[]
  readonly edges: readonly string[]
}

export function theirNumbers(type: Oracle['types'][number]): Numbers {
  const shown = new Set(type.functions.map((row) => row.name))
  return {
    total: type.total,
    functions: type.functions.map((row) => `${row.name} ${row.flat} ${row.cum}`).sort(),
    lines: type.lines.map((row) => `${row.func} ${row.file}:${row.line} ${row.flat} ${row.cum}`).sort(),
    // A call of a function that has no row of its own (all cancelled out) is seen from its caller only.
    edges: type.edges
      .filter((row) => shown.has(row.from))
      .map((row) => `${row.from} > ${row.to} ${row.weight} ${row.inline}`)
      .sort(),
  }
}

export function ourNumbers(profile: Profile, index: number, options: ViewOptions = {}): Numbers {
  const view = { ...options, sample_index: index }
  const functions = top(profile, view)
  const byLine = viewOf(profile, { ...view, granularity: 'line' })
  const { flat, cum } = frameSums(byLine)
  const { nodes } = peek(profile, { ...view, regex: '' })
  return {
    total: String(functions.total),
    functions: functions.rows.map((row) => `${row.name} ${row.flat} ${row.cum}`).sort(),
    lines: byLine.table.frames
      .map((frame, i) => ({ frame, flat: flat[i] ?? 0, cum: cum[i] ?? 0 }))
      .filter((row) => Number(row.flat) !== 0 || Number(row.cum) !== 0)
      .map((row) => `${row.frame.functionName} ${row.frame.file}:${row.frame.line} ${row.flat} ${row.cum}`)
      .sort(),
    edges: nodes
      .flatMap((node) =>
        node.callees
          // google/pprof has no edge from a function to itself.
          .filter((callee) => callee.name !== node.name)
          .map((callee) => `${node.name} > ${callee.name} ${callee.value} ${callee.inline}`),
      )
      .sort(),
  }
}

export function theirTags(answer: Oracle, index: number): string[] {
  return answer.tags
    .filter((tag) => tag.totals[index] !== '0')
    .map((tag) => `${tag.key}=${tag.value} ${tag.num} ${tag.totals[index]}`)
    .sort()
}

export function ourTags(profile: Profile, index: number): string[] {
  return tags(profile, { sample_index: index })
    .tags.flatMap((tag) => tag.values.map((each) => `${tag.key}=${each.value} ${tag.unit !== undefined} ${each.total}`))
    .sort()
}

export function theirMeta(answer: Oracle): Record<string, string | number> {
  return {
    default: answer.default_index,
    duration: answer.duration_nanos,
    time: answer.time_nanos,
    period: answer.period,
    samples: answer.n_samples,
    locations: answer.n_locations,
    functions: answer.n_functions,
    depth: answer.max_depth_locations,
  }
}

export function ourMeta(profile: Profile): Record<string, string | number> {
  const result = meta(profile)
  return {
    default: result.default_sample_index,
    duration: String(result.duration_nanos),
    time: String(result.time_nanos),
    period: String(result.period),
    samples: result.sample_count,
    locations: result.location_count,
    functions: result.function_count,
    depth: result.max_depth,
  }
}
