/**
 * Makes profiles comparable before they are merged or subtracted, as google/pprof does: the sample types that all of
 * them have, in the order of the first, and the finest unit of each.
 */
import { UserError } from '../shared/user-error.ts'
import { keepSamples } from './edit-profile.ts'
import { truncateToInt64 } from './int64.ts'
import type { Int64Column, Profile, ValueType } from './profile.ts'
import { areComparable, scale } from './units.ts'

/** @throws UserError when they share no sample type, or measure one in units that cannot be compared. */
export function alignProfiles(profiles: readonly Profile[]): Profile[] {
  return alignUnits(alignSampleTypes(profiles))
}

function alignSampleTypes(profiles: readonly Profile[]): Profile[] {
  const [first] = profiles
  if (first === undefined) return []
  const common = first.sampleTypes
    .map((each) => each.type)
    .filter((type) => profiles.every((profile) => profile.sampleTypes.some((each) => each.type === type)))
  if (common.length === 0) throw incompatible('have no sample type in common', profiles)
  return profiles.map((profile) => {
    const rows = common.map((type) => profile.sampleTypes.findIndex((each) => each.type === type))
    const isSame = rows.length === profile.sampleTypes.length && rows.every((row, index) => row === index)
    if (isSame) return profile
    const { samples } = profile
    return {
      ...profile,
      sampleTypes: rows.map((row) => profile.sampleTypes[row] ?? { type: '', unit: '' }),
      defaultSampleType: common.includes(profile.defaultSampleType) ? profile.defaultSampleType : (common[0] ?? ''),
      samples: { ...samples, values: rows.map((row) => samples.values[row] ?? new Float64Array(samples.length)) },
    }
  })
}

function alignUnits(profiles: readonly Profile[]): Profile[] {
  const finest = profiles[0]?.sampleTypes.map((_, index) =>
    finestType(
      profiles.map((profile) => profile.sampleTypes[index] ?? { type: '', unit: '' }),
      profiles,
    ),
  )
  const periods = profiles.flatMap((profile) => (profile.periodType === null ? [] : [profile.periodType]))
  const periodType = finestType(periods, profiles)
  return profiles.map((profile) => {
    const ratios = profile.sampleTypes.map((type, index) => scale(1, type.unit, finest?.[index]?.unit ?? '').value)
    const scaled = scaleValues(profile, ratios)
    const sampleTypes = profile.sampleTypes.map((type, index) => ({
      type: type.type,
      unit: finest?.[index]?.unit ?? type.unit,
    }))
    const isSameUnit = sampleTypes.every((type, index) => type.unit === profile.sampleTypes[index]?.unit)
    const sameValues = scaled === profile && isSameUnit ? profile : { ...scaled, sampleTypes }
    if (profile.periodType === null || periodType === null) return sameValues
    const period = scale(Number(profile.period), profile.periodType.unit, periodType.unit).value
    const isSame = profile.periodType.unit === periodType.unit
    if (isSame) return sameValues
    return {
      ...sameValues,
      periodType: { type: profile.periodType.type, unit: periodType.unit },
      period: BigInt(Math.trunc(period)),
    }
  })
}

function finestType(types: readonly ValueType[], profiles: readonly Profile[]): ValueType | null {
  const [first, ...rest] = types
  if (first === undefined) return null
  let finest = first
  for (const type of rest) {
    const sameName = finest.type.replace(/s$/, '') === type.type.replace(/s$/, '')
    if (!sameName || !areComparable(finest.unit, type.unit)) {
      throw incompatible(`measure ${finest.type}/${finest.unit} and ${type.type}/${type.unit}`, profiles)
    }
    if (scale(1, type.unit, finest.unit).value < 1) finest = type
  }
  return finest
}

/** Multiplies the values of each sample type; samples of which nothing is left go. */
export function scaleValues(profile: Profile, ratios: readonly number[]): Profile {
  if (ratios.every((ratio) => ratio === 1)) return profile
  const { samples } = profile
  const keep = new Uint8Array(samples.length)
  const values = samples.values.map((column, index) => {
    const ratio = ratios[index] ?? 1
    return ratio === 1 ? column : scaleColumn(column, ratio, keep)
  })
  return keepSamples({ ...profile, samples: { ...samples, values } }, keep)
}

/** Rounds half away from zero, through doubles, as google/pprof does; marks in `keep` what is not zero. */
function scaleColumn(column: Int64Column, ratio: number, keep: Uint8Array): Int64Column {
  const scaled = new Float64Array(column.length)
  let magnitude = 0
  for (let sample = 0; sample < column.length; sample++) {
    const product = Number(column[sample] ?? 0) * ratio
    const value = Math.sign(product) * Math.round(Math.abs(product)) + 0
    scaled[sample] = value
    magnitude += Math.abs(value)
    if (value !== 0) keep[sample] = 1
  }
  if (magnitude <= Number.MAX_SAFE_INTEGER) return scaled
  return BigInt64Array.from(scaled, truncateToInt64)
}

function incompatible(why: string, profiles: readonly Profile[]): UserError {
  const types = profiles.map((profile) => profile.sampleTypes.map((type) => type.type).join(', '))
  return new UserError({
    code: 'PROFILES_INCOMPATIBLE',
    message: `The profiles cannot be combined: they ${why}.`,
    hint: `Choose profiles of one kind. Their sample types are: ${types.join('; ')}.`,
    details: { sample_types: types },
  })
}
