/**
 * The fields by which a view shows one profile minus another, and the way from a call's input to the profile to show.
 * With a base, every view is `go tool pprof -diff_base` (or `-base`, with `mark_base: false`).
 */
import { z } from 'zod'
import { subtract } from '../../analyzers/pprof/diff.ts'
import type { Profile } from '../../analyzers/pprof/profile.ts'
import type { OpenedProfile } from '../../services/profiles/open-profile.ts'
import type { ToolContext } from '../context.ts'
import type { RunOptions } from '../tool.ts'
import { openNamed, openProfile, profileTypeField } from './profile-argument.ts'

export const normalizeField = z.boolean().default(false).describe('Scale to the totals of the base first')

/** Spread into the input of a view, beside `profileArgument`. */
export const diffBaseArgument = {
  diff_base: z.string().min(1).optional().describe('Profile to subtract, given as `profile` is'),
  diff_base_type: profileTypeField('diff_base'),
  normalize: normalizeField,
  mark_base: z
    .boolean()
    .default(true)
    .meta({ unlisted: true })
    .describe('Whether percentages refer to the base (`-diff_base`) or to what is left (`-base`)'),
} as const

interface DiffInput {
  readonly profile: string
  readonly type?: OpenedProfile['type'] | undefined
  readonly diff_base?: string | undefined
  readonly diff_base_type?: OpenedProfile['type'] | undefined
  readonly normalize?: boolean | undefined
  readonly mark_base?: boolean | undefined
}

export interface ShownProfile {
  /** The profile, or the difference where a base is given. */
  readonly shown: Profile
  readonly opened: OpenedProfile
  readonly base: Profile | undefined
}

export async function openShown(
  context: ToolContext,
  input: DiffInput,
  options: Pick<RunOptions, 'signal'>,
): Promise<ShownProfile> {
  const opened = await openProfile(context, input, options)
  if (input.diff_base === undefined) return { shown: opened.profile, opened, base: undefined }
  const base = await openNamed(context, input.diff_base, input.diff_base_type, 'diff_base_type', options)
  const { difference } = subtract(opened.profile, base.profile, {
    normalize: input.normalize,
    markBase: input.mark_base,
  })
  return { shown: difference, opened, base: base.profile }
}
