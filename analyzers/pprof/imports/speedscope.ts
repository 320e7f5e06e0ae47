/**
 * speedscope's JSON (https://www.speedscope.app/file-format-schema.json): sampled and evented profiles over shared
 * frames. Times become nanoseconds, sizes bytes, plain weights counts; several profiles of one file (threads) become one
 * with a label `thread`.
 */
import { z } from 'zod'
import { UserError } from '../../shared/user-error.ts'
import type { Profile, ValueType } from '../profile.ts'
import { type Label, ProfileBuilder } from '../profile-builder.ts'
import { IMPOSSIBLE, Omissions, wholeNumbers } from './lines.ts'

const plainWeights = { type: { type: 'samples', unit: 'count' }, scale: 1 }

const unitScales: Readonly<Record<string, { readonly type: ValueType; readonly scale: number }>> = {
  none: plainWeights,
  nanoseconds: { type: { type: 'time', unit: 'nanoseconds' }, scale: 1 },
  microseconds: { type: { type: 'time', unit: 'nanoseconds' }, scale: 1e3 },
  milliseconds: { type: { type: 'time', unit: 'nanoseconds' }, scale: 1e6 },
  seconds: { type: { type: 'time', unit: 'nanoseconds' }, scale: 1e9 },
  bytes: { type: { type: 'space', unit: 'bytes' }, scale: 1 },
}

const Frame = z.looseObject({
  name: z.string(),
  file: z.string().nullish(),
  line: z.number().nullish(),
  col: z.number().nullish(),
})
const Sampled = z.looseObject({
  type: z.literal('sampled'),
  name: z.string().default(''),
  unit: z.string().default('none'),
  samples: z.array(z.unknown()),
  weights: z.array(z.unknown()),
})
const Evented = z.looseObject({
  type: z.literal('evented'),
  name: z.string().default(''),
  unit: z.string().default('none'),
  events: z.array(z.unknown()),
})
const Stack = z.array(z.number())
const Event = z.looseObject({ type: z.string(), frame: z.number(), at: z.number() })

/** Frames, samples and events are judged one by one: a bad one does not reject the file. */
const File = z.looseObject({
  shared: z.looseObject({ frames: z.array(z.unknown()) }),
  profiles: z.array(z.discriminatedUnion('type', [Sampled, Evented])),
})

export function looksLikeSpeedscope(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'shared' in json && 'profiles' in json
}

/** @throws UserError `PROFILE_CORRUPT` when the file is not of the schema, `PROFILE_EMPTY` when it has no sample. */
export function importSpeedscope(json: unknown): Profile {
  const parsed = File.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UserError({
      code: 'PROFILE_CORRUPT',
      message: `The speedscope file does not follow its schema at \`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? ''}`,
    })
  }
  const { shared, profiles } = parsed.data
  const types = [...new Set(profiles.map((profile) => scaleOf(profile.unit).type))]
  const builder = new ProfileBuilder(types.length > 0 ? types : [scaleOf('none').type])
  const omissions = new Omissions()
  const rows = shared.frames.map((each) => {
    const { data: frame } = Frame.safeParse(each)
    if (frame === undefined) return undefined
    return builder.addFrame({
      name: frame.name,
      filename: frame.file ?? '',
      line: Math.trunc(frame.line ?? 0),
      column: Math.trunc(frame.col ?? 0),
    })
  })
  for (const [index, profile] of profiles.entries()) {
    const { type, scale } = scaleOf(profile.unit)
    const column = types.indexOf(type)
    const labels: Label[] = profiles.length > 1 ? [{ key: 'thread', text: profile.name || `${index + 1}` }] : []
    const add = (rootFirst: readonly number[], weight: number, place: string) => {
      const locations: number[] = []
      for (let i = rootFirst.length - 1; i >= 0; i--) {
        const row = rows[rootFirst[i] ?? -1]
        if (row === undefined) return omissions.add('samples with a frame that is not in the table', place)
        locations.push(row)
      }
      const [value] = wholeNumbers([weight * scale]) ?? []
      if (value === undefined) return omissions.add(IMPOSSIBLE, place)
      builder.addSample(
        locations,
        types.map((_, each) => (each === column ? value : 0)),
        labels,
      )
    }
    if (profile.type === 'sampled') {
      for (const [i, each] of profile.samples.entries()) {
        const place = `profile ${index + 1}, sample ${i + 1}`
        const weight = profile.weights[i]
        const { data: stack } = Stack.safeParse(each)
        if (typeof weight !== 'number') omissions.add('samples without a weight', place)
        else if (stack === undefined) omissions.add('samples without a stack', place)
        else add(stack, weight, place)
      }
    } else {
      addEvents(
        profile.events,
        (stack, weight, i) => add(stack, weight, `profile ${index + 1}, event ${i + 1}`),
        (reason, i) => omissions.add(reason, `profile ${index + 1}, event ${i + 1}`),
      )
    }
  }
  if (builder.sampleCount === 0) {
    throw new UserError({ code: 'PROFILE_EMPTY', message: 'The speedscope file holds no samples' })
  }
  return builder.finish({ warnings: omissions.warnings() })
}

function scaleOf(unit: string): { readonly type: ValueType; readonly scale: number } {
  return unitScales[unit] ?? plainWeights
}

/** Between two events the open frames are the stack, and the time between them its weight. */
function addEvents(
  events: readonly unknown[],
  add: (rootFirst: readonly number[], weight: number, index: number) => void,
  leaveOut: (reason: string, index: number) => void,
): void {
  const open: number[] = []
  let last = Number.POSITIVE_INFINITY
  for (const [i, each] of events.entries()) {
    const { data: event } = Event.safeParse(each)
    if (event === undefined) {
      leaveOut('events that do not follow the schema', i)
      continue
    }
    if (last === Number.POSITIVE_INFINITY) last = event.at
    if (event.at > last && open.length > 0) add(open, event.at - last, i)
    last = Math.max(last, event.at)
    if (event.type === 'O') open.push(event.frame)
    else if (open.at(-1) === event.frame) open.pop()
    else leaveOut('closing events that close no open frame', i)
  }
}
