/**
 * The profile arguments that every tool over profiles shares: their schema fields, and the way from them to decoded
 * columns. Two profiles in one call are `before`/`before_type` and `after`/`after_type`.
 */
import { z } from 'zod'
import type { OpenedProfile } from '../../services/profiles/open-profile.ts'
import { profileTypes } from '../../services/profiles/profile-type.ts'
import type { ToolContext } from '../context.ts'
import type { RunOptions } from '../tool.ts'

const described = 'path, `handle:<16 hex>` or `bundle:<16 hex>`'

/** A field naming one profile. */
export function profileField(what = 'Profile') {
  return z.string().min(1).describe(`${what}: ${described}`)
}

/** The field beside it that picks a member of a bundle. */
export function profileTypeField(beside = 'profile') {
  return z.enum(profileTypes).optional().describe(`Member, when \`${beside}\` is a bundle`)
}

/** Spread into a strict object: `z.strictObject({ ...profileArgument, nodecount: … })`. */
export const profileArgument = { profile: profileField(), type: profileTypeField() }

/** Opens the profile of a call whose input has `profileArgument`. */
export function openProfile(
  context: ToolContext,
  input: { readonly profile: string; readonly type?: OpenedProfile['type'] | undefined },
  options: Pick<RunOptions, 'signal'>,
): Promise<OpenedProfile> {
  return context.profiles.open(input.profile, { type: input.type, signal: options.signal })
}

/** Opens a profile named by other fields: `openNamed(context, input.before, input.before_type, 'before_type', options)`. */
export function openNamed(
  context: ToolContext,
  reference: string,
  type: OpenedProfile['type'] | undefined,
  typeArgument: string,
  options: Pick<RunOptions, 'signal'>,
): Promise<OpenedProfile> {
  return context.profiles.open(reference, { type, typeArgument, signal: options.signal })
}
