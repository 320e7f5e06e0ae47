/**
 * Folded stacks ("collapsed" text of stackcollapse and inferno): `root;child;leaf 42`, one stack a line. A frame's text
 * is kept as it stands, annotations such as `_[k]` included, because they are part of the name where it was written.
 */
import { UserError } from '../../shared/user-error.ts'
import type { Profile } from '../profile.ts'
import { ProfileBuilder } from '../profile-builder.ts'
import { IMPOSSIBLE, linesOf, Omissions } from './lines.ts'

const ENDS_IN_NUMBER = /^(.*\S)\s+(-?\d+(?:\.\d+)?)$/

/** Enough lines to tell folded stacks from other text. */
const LINES_TO_LOOK_AT = 40

/** Most of the first lines end in a number and name more than one frame somewhere. */
export function looksFolded(text: string): boolean {
  let seen = 0
  let matching = 0
  let nested = false
  for (const line of linesOf(text)) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const match = ENDS_IN_NUMBER.exec(line)
    if (match !== null) matching++
    nested ||= match !== null && line.includes(';')
    if (++seen === LINES_TO_LOOK_AT) break
  }
  return nested && matching * 2 > seen
}

/** @throws UserError `PROFILE_EMPTY` when no line could be read. */
export function importFolded(text: string): Profile {
  const builder = new ProfileBuilder([{ type: 'samples', unit: 'count' }])
  const omissions = new Omissions()
  let number = 0
  for (const line of linesOf(text)) {
    number++
    if (line.trim() === '' || line.startsWith('#')) continue
    const match = ENDS_IN_NUMBER.exec(line)
    const value = Number(match?.[2])
    if (match === null || !Number.isFinite(value)) {
      omissions.add('lines that are not `frame;frame count`', `line ${number}`)
      continue
    }
    // Digits are taken as they are: doubles would round large ones.
    const count = /^-?\d+$/.test(match[2] ?? '') ? BigInt(match[2] ?? 0) : BigInt(Math.round(value))
    if (BigInt.asIntN(64, count) !== count) {
      omissions.add(IMPOSSIBLE, `line ${number}`)
      continue
    }
    if (!Number.isInteger(value)) omissions.add('fractions of a count, which were rounded', `line ${number}`)
    const frames = (match[1] ?? '').split(';').filter((name) => name !== '')
    const locations = frames.reverse().map((name) => builder.addFrame({ name }))
    builder.addSample(locations, [count])
  }
  if (builder.sampleCount === 0) {
    throw new UserError({
      code: 'PROFILE_EMPTY',
      message: 'The folded stacks hold no line of the form `frame;frame count`',
    })
  }
  return builder.finish({ warnings: omissions.warnings() })
}
