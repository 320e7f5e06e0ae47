/**
 * The fields by which `pprof.top` compares a profile with its baseline, and the comparison: what profiles of the same
 * service, environment and type looked like before. The history is in the store.
 */
import { z } from 'zod'
import { compareWithBaseline, deviationResult, remember } from '../../analyzers/pprof/baseline.ts'
import { top } from '../../analyzers/pprof/top.ts'
import { contentHash } from '../../services/profiles/content-hash.ts'
import type { BaselineKey } from '../../services/profiles/library.ts'
import type { OpenedProfile } from '../../services/profiles/open-profile.ts'
import type { ToolContext } from '../context.ts'
import type { RunOptions } from '../tool.ts'
import { cell, table } from './markdown.ts'

export const baselineArgument = {
  compare_baseline: z
    .boolean()
    .default(false)
    .describe('Compare with earlier profiles of this service, environment and type'),
  baseline_key: z.string().min(1).max(200).optional().describe('Name of the baseline; default `service:env`'),
  baseline_update: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .describe('Whether it joins the baseline: `auto` unless it deviates highly'),
} as const

export const baselineResult = z.object({
  key: z.string().describe('Name of the baseline'),
  type: z.string().describe('Type of its profiles'),
  sample_type: z.string().describe('Sample type compared'),
  profiles: z.int().describe('Earlier profiles it rests on'),
  since: z.string().nullable().describe('When the oldest of them was taken or recorded'),
  deviations: z.array(deviationResult).describe('Functions whose share changed, largest change first, at most 50'),
  omitted: z.int().describe('Deviations beyond those listed'),
  rate: z
    .object({
      current: z.number().describe('Total per second now'),
      baseline: z.number().describe('Mean total per second before'),
      change_pct: z.number().describe('Change in percent'),
    })
    .nullable()
    .describe('Total per second of profiling; null where durations are unknown'),
  recorded: z.boolean().describe('Whether the profile is now part of the baseline'),
  warnings: z.array(z.string()).describe('What limits the comparison'),
})

interface BaselineInput {
  readonly sample_index?: string | number | undefined
  readonly baseline_key?: string | undefined
  readonly baseline_update: 'auto' | 'always' | 'never'
}

const mostDeviations = 50

/** Over all functions and without filters: a baseline of what someone happened to look at would be none. */
export async function compareToBaseline(
  context: ToolContext,
  opened: OpenedProfile,
  input: BaselineInput,
  options: Pick<RunOptions, 'signal'>,
): Promise<z.input<typeof baselineResult>> {
  const { profile, type, record } = opened
  const all = top(profile, { sample_index: input.sample_index, nodecount: 0, cum: true })
  const key: BaselineKey = {
    key: input.baseline_key ?? defaultKey(opened),
    type,
    sampleType: all.sample_type.type,
  }
  const hashes =
    record === undefined
      ? await contentHash(opened.path, options.signal)
      : { sha256: record.sha256, content: record.contentSha256 }
  // Entries of older versions are known by the file as it was.
  const isSame = (entry: { readonly sha256: string }) =>
    entry.sha256 === hashes.content || entry.sha256 === hashes.sha256
  const current = remember(all, profile.durationNanos)
  const { history } = await context.library.baselines.load(key)
  const others = history.filter((entry) => !isSame(entry))
  const isNew = others.length === 0
  const { deviations, rate } = isNew ? { deviations: [], rate: null } : compareWithBaseline(current, others)
  const warnings: string[] = []
  if (isNew) warnings.push('There is no baseline yet: nothing to compare with.')
  else if (others.length < 3) warnings.push(`The baseline rests on ${others.length} profile(s) only.`)

  const isKnown = history.length !== others.length
  const isOutlier = deviations.some((each) => each.severity === 'high')
  const wanted = input.baseline_update === 'always' || (input.baseline_update === 'auto' && !isOutlier)
  if (input.baseline_update === 'auto' && isOutlier && !isKnown) {
    warnings.push('Not added to the baseline, for it deviates highly; `baseline_update: "always"` adds it.')
  }
  const recorded = isKnown || (wanted && context.mayWrite)
  if (wanted && !isKnown && context.mayWrite) {
    await context.library.baselines.record(key, { sha256: hashes.content, takenAt: takenAt(opened), ...current })
  }
  const [oldest] = others
  return {
    key: key.key,
    type,
    sample_type: key.sampleType,
    profiles: others.length,
    since: oldest === undefined ? null : (oldest.takenAt ?? oldest.recordedAt),
    deviations: deviations.slice(0, mostDeviations),
    omitted: Math.max(0, deviations.length - mostDeviations),
    rate: rate === null ? null : { current: rate.current, baseline: rate.baseline, change_pct: rate.changePct },
    recorded,
    warnings,
  }
}

function defaultKey({ record }: OpenedProfile): string {
  if (record === undefined || (record.service === null && record.env === null)) return 'default'
  return `${record.service ?? ''}:${record.env ?? ''}`
}

function takenAt({ profile, record }: OpenedProfile): string | null {
  if (record !== undefined) return record.takenAt
  const milliseconds = Number(profile.timeNanos / 1_000_000n)
  return milliseconds > 0 && milliseconds <= 8.64e15 ? new Date(milliseconds).toISOString() : null
}

export function baselineText(baseline: z.output<typeof baselineResult> | undefined): string {
  if (baseline === undefined) return ''
  const points = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`
  const lines = [`Baseline ${cell(baseline.key)}, ${baseline.profiles} earlier profiles:`]
  if (baseline.rate !== null) lines.push(`Total per second ${points(baseline.rate.change_pct)} %.`)
  if (baseline.deviations.length > 0) {
    const rows = baseline.deviations.map((each) => [
      cell(each.function),
      each.metric,
      `${each.baseline_pct.toFixed(1)} %`,
      `${each.current_pct.toFixed(1)} %`,
      points(each.delta_pct),
      each.severity,
    ])
    lines.push(table(['Function', 'Metric', 'Before', 'Now', 'Points', 'Severity'], rows))
  } else if (baseline.profiles > 0) lines.push('No function deviates.')
  return `\n\n${[...lines, ...baseline.warnings.map((warning) => `> ${cell(warning, 300)}`)].join('\n\n')}`
}
