/** Our numbers beside those of google/pprof's own library, integer by integer, for every fixture profile and sample type. */
import { describe, expect, test } from 'vitest'
import { subtract } from '../../analyzers/pprof/diff.ts'
import { diffTop } from '../../analyzers/pprof/diff-top.ts'
import { encodePprof } from '../../analyzers/pprof/formats/pprof.ts'
import { list } from '../../analyzers/pprof/list.ts'
import { mergeProfiles } from '../../analyzers/pprof/merge.ts'
import { top } from '../../analyzers/pprof/top.ts'
import { readProfileBytes } from '../../services/profiles/read-profile.ts'
import {
  fixtureProfile,
  oracleNames,
  ourMeta,
  ourNumbers,
  ourTags,
  readOracle,
  theirMeta,
  theirNumbers,
  theirTags,
} from './pprof-numbers.ts'

describe.each(oracleNames('dev'))('%s', (name) => {
  const answer = readOracle('dev', name)

  test('what it says about itself', async () => {
    expect(ourMeta(await fixtureProfile('dev', `${name}.pprof`))).toEqual(theirMeta(answer))
  })

  test.each(answer.types.map((type, index) => [type.type, index] as const))('%s', async (_, index) => {
    const profile = await fixtureProfile('dev', `${name}.pprof`)
    const type = answer.types[index]
    if (type === undefined) throw new Error('no such type')
    expect(ourNumbers(profile, index)).toEqual(theirNumbers(type))
    expect(ourTags(profile, index)).toEqual(theirTags(answer, index))
    expect(String(top(profile, { sample_index: index }).pct_base)).toBe(type.report_total)
    const listed = list(profile, { function: '', sample_index: index }).functions
    expect(
      listed
        .flatMap((each) => each.lines.map((line) => `${each.name} ${each.file}:${line.line} ${line.flat} ${line.cum}`))
        .sort(),
    ).toEqual(theirNumbers(type).lines.filter((line) => !line.startsWith(' ')))
  })
})

describe.each(oracleNames('focus'))('%s', (name) => {
  const answer = readOracle('focus', name)
  const options = Object.fromEntries(
    [...answer.file.matchAll(/(focus|ignore|hide|show)=("(?:[^"\\]|\\.)*")/g)].map((match) => [
      match[1] ?? '',
      String(JSON.parse(match[2] ?? '""')),
    ]),
  )

  test.each(answer.types.map((type, index) => [type.type, index] as const))('%s', async (_, index) => {
    const profile = await fixtureProfile(answer.file.split(' ')[0] ?? '')
    const type = answer.types[index]
    if (type === undefined) throw new Error('no such type')
    expect(ourNumbers(profile, index, options)).toEqual(theirNumbers(type))
  })
})

describe.each(oracleNames('diff'))('%s', (name) => {
  const answer = readOracle('diff', name)
  const [before = '', after = ''] = /diff_base=(\S+) (\S+)/.exec(answer.file)?.slice(1) ?? []

  test.each(answer.types.map((type, index) => [type.type, index] as const))('%s', async (_, index) => {
    const base = await fixtureProfile(before)
    const profile = await fixtureProfile(after)
    const { difference } = subtract(profile, base)
    const type = answer.types[index]
    if (type === undefined) throw new Error('no such type')
    const ours = ourNumbers(difference, index)
    const theirs = theirNumbers(type)
    expect({ ...ours, lines: [], edges: [] }).toEqual({ ...theirs, lines: [], edges: [] })
    // Where nothing is left the oracle has no lines and no edges.
    if (type.lines.length > 0) expect(ours.lines).toEqual(theirs.lines)
    if (type.edges.length > 0) expect(ours.edges).toEqual(theirs.edges)
    const changes = diffTop(base, profile, { sample_index: index })
    expect(changes.rows.map((row) => `${row.name} ${row.flat} ${row.cum}`).sort()).toEqual(theirs.functions)
    expect(String(changes.pct_base)).toBe(type.report_total)
    for (const row of changes.rows) {
      expect(BigInt(row.after_flat) - BigInt(row.before_flat)).toBe(BigInt(row.flat))
      expect(BigInt(row.after_cum) - BigInt(row.before_cum)).toBe(BigInt(row.cum))
    }
  })
})

describe.each(oracleNames('merge').filter((name) => !name.endsWith('.reexport')))('merge %s', (name) => {
  const answer = readOracle('merge', name)

  test('the merged profile, before and after it was written and read', async () => {
    const sources = await Promise.all(
      answer.file
        .split(' ')
        .slice(1)
        .map((file) => fixtureProfile(file)),
    )
    const merged = mergeProfiles(sources)
    const reread = await readProfileBytes(Buffer.concat([...encodePprof(merged)]))
    for (const profile of [merged, reread]) {
      expect(ourMeta(profile)).toEqual(theirMeta(answer))
      for (const [index, type] of answer.types.entries()) {
        expect(ourNumbers(profile, index)).toEqual(theirNumbers(type))
        expect(ourTags(profile, index)).toEqual(theirTags(answer, index))
      }
    }
  })

  test('the profile that google/pprof merged', async () => {
    const theirs = await fixtureProfile('oracle', 'merge', `${name}.pprof`)
    for (const [index, type] of readOracle('merge', `${name}.reexport`).types.entries()) {
      expect(ourNumbers(theirs, index)).toEqual(theirNumbers(type))
    }
  })
})
