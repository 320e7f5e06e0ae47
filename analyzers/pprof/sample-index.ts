/** Which sample type a caller means: a number, a name, or nothing. Rules of google/pprof. */
import { UserError } from '../shared/user-error.ts'
import { defaultSampleIndex, type Profile } from './profile.ts'

/** @throws UserError when the profile has no such sample type, or none at all. */
export function resolveSampleIndex(
  profile: Pick<Profile, 'sampleTypes' | 'defaultSampleType'>,
  wanted: string | number | undefined,
): number {
  const types = profile.sampleTypes.map((each) => each.type)
  if (types.length === 0) {
    throw new UserError({
      code: 'PROFILE_EMPTY',
      message: 'The profile has no sample types, so there are no values.',
      hint: 'pprof.meta shows what else it holds; capture it again.',
    })
  }
  if (wanted === undefined || wanted === '') return defaultSampleIndex(profile)
  if (typeof wanted === 'number' || /^[+-]?\d+$/.test(wanted)) {
    const index = Number(wanted)
    if (index >= 0 && index < types.length) return index
    throw unknown(String(wanted), types)
  }
  const legacyName = wanted.replace(/^inuse_/, '')
  const index = types.findIndex((type) => type === wanted || type === legacyName)
  if (index < 0) throw unknown(wanted, types)
  return index
}

function unknown(wanted: string, types: readonly string[]): UserError {
  return new UserError({
    code: 'INVALID_ARGUMENT',
    message: `The profile has no sample type \`${wanted}\`.`,
    hint: `It has: ${types.map((type, index) => `${index} ${type}`).join(', ')}.`,
    details: { field: 'sample_index', expected: types, received: wanted },
  })
}
