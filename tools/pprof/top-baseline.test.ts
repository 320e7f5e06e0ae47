import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { smallProfile } from '../../test/small-profile.ts'
import { callTool } from '../call-tool.ts'
import type { ToolContext } from '../context.ts'
import { createContext } from '../create-context.ts'
import baselines from '../profiles/baselines.ts'
import resetBaseline from '../profiles/reset-baseline.ts'
import top from './top.ts'

let folder: string
let context: ToolContext

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baseline-'))
  context = createContext({ home: path.join(folder, 'home') })
})

afterEach(async () => {
  await context.library.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A profile in which `hot` has this share, in percent. */
function profileOf(hot: number, run = 0): string {
  const file = path.join(folder, `${hot}-${run}.pprof`)
  const samples = [
    [['hot', 'main'], 1, hot * 1000],
    [['rest', 'main'], 1, (100 - hot) * 1000],
  ] as const
  writeFileSync(file, smallProfile({ samples, timeNanos: 10n ** 18n + BigInt(run) }))
  return file
}

async function compare(profile: string, more: object = {}) {
  const options = { signal: new AbortController().signal, progress: () => undefined }
  const input = { profile, compare_baseline: true, ...more }
  const { result, text } = await callTool(context, top, input, options)
  return { ...top.output.parse(result).baseline, text }
}

test('the first profile founds the baseline, later ones are compared with it', async () => {
  expect(await compare(profileOf(20))).toMatchObject({
    key: 'default',
    type: 'cpu',
    profiles: 0,
    deviations: [],
    recorded: true,
    warnings: [expect.stringContaining('no baseline yet')],
  })
  expect(await compare(profileOf(21, 1))).toMatchObject({ profiles: 1, deviations: [], recorded: true })
  const slow = await compare(profileOf(50, 2))
  expect(slow).toMatchObject({ profiles: 2, recorded: false })
  expect(slow.deviations?.map((each) => [each.function, each.metric, each.delta_pct])).toEqual(
    expect.arrayContaining([
      ['hot', 'flat', 29.5],
      ['rest', 'flat', -29.5],
    ]),
  )
  expect(slow.text).toMatch(/\| hot \| flat \| 20\.5 % \| 50\.0 % \| \+29\.5 \| high \|/)
})

test('a profile is never compared with itself, nor counted twice', async () => {
  const file = profileOf(20)
  await compare(file)
  expect(await compare(file)).toMatchObject({ profiles: 0, recorded: true })
  expect(await compare(profileOf(20, 1))).toMatchObject({ profiles: 1 })
})

test('a deviating profile joins only when asked to; never means never', async () => {
  await compare(profileOf(20))
  await compare(profileOf(60, 1))
  expect(await compare(profileOf(61, 2), { baseline_update: 'always' })).toMatchObject({ profiles: 1, recorded: true })
  expect(await compare(profileOf(20, 3), { baseline_update: 'never' })).toMatchObject({ profiles: 2, recorded: false })
})

test('baselines are apart by service, environment, sample type and name', async () => {
  const add = async (file: string, service: string) => {
    const content = { path: file }
    const [record] = await context.library.add([
      { content, type: 'cpu', name: 'x', origin: 'test', service, env: 'prod' },
    ])
    return record?.handle ?? ''
  }
  expect(await compare(await add(profileOf(20), 'api'))).toMatchObject({ key: 'api:prod', profiles: 0 })
  expect(await compare(await add(profileOf(21, 1), 'web'))).toMatchObject({ key: 'web:prod', profiles: 0 })
  expect(await compare(await add(profileOf(22, 2), 'api'))).toMatchObject({ key: 'api:prod', profiles: 1 })
  expect(await compare(profileOf(23, 3), { baseline_key: 'api:prod' })).toMatchObject({ profiles: 2 })
  const objects = await compare(profileOf(23, 3), { baseline_key: 'api:prod', sample_index: 'samples' })
  expect(objects).toMatchObject({ sample_type: 'samples', profiles: 0 })
})

test('filters narrow what is shown, not what is compared', async () => {
  await compare(profileOf(20), { focus: 'hot', nodecount: 1 })
  const { deviations } = await compare(profileOf(50, 1), { ignore: '.*' })
  expect(deviations?.map((each) => each.function)).toContain('hot')
})

test('a server that may not write compares and remembers nothing', async () => {
  await compare(profileOf(20))
  const reading: ToolContext = { ...context, mayWrite: false }
  const options = { signal: new AbortController().signal, progress: () => undefined }
  const { result } = await callTool(reading, top, { profile: profileOf(20, 1), compare_baseline: true }, options)
  expect(result).toMatchObject({ baseline: { profiles: 1, recorded: false } })
  expect((await context.library.baselines.list())[0]?.entries).toBe(1)
})

test('baselines are listed with their history, and reset', async () => {
  await compare(profileOf(20), { baseline_key: 'mine' })
  await compare(profileOf(21, 1), { baseline_key: 'mine' })
  const options = { signal: new AbortController().signal, progress: () => undefined }
  const list = async (input: object) => (await callTool(context, baselines, input, options)).result
  expect(await list({})).toMatchObject({ baselines: [{ key: 'mine', type: 'cpu', profiles: 2 }] })
  expect(await list({ key: 'mine' })).toMatchObject({ baselines: [{ history: [{ top: 'rest' }, { top: 'rest' }] }] })
  expect(await list({ key: 'other' })).toEqual({ baselines: [], hint: expect.stringContaining('mine') })

  const reset = async (key: string) => (await callTool(context, resetBaseline, { key }, options)).result
  expect(await reset('mine')).toEqual({ key: 'mine', forgotten: 2 })
  await expect(reset('mine')).rejects.toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(await list({})).toMatchObject({ baselines: [], hint: expect.stringContaining('compare_baseline') })
})
