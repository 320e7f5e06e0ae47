/** Small profile.proto files made by an encoder that is not ours, for tests that need some profile, not a certain one. */
import { gzipSync } from 'node:zlib'
import { Line, Location, Profile, Function as ProfiledFunction, Sample, StringTable, ValueType } from 'pprof-format'

export interface SmallProfile {
  /** `type/unit` of each value. */
  readonly sampleTypes?: readonly string[]
  /** Stacks, leaf first, with their values. */
  readonly samples?: readonly (readonly [stack: readonly string[], ...values: number[]])[]
  readonly timeNanos?: bigint
}

export function smallProfile(fields: SmallProfile = {}): Uint8Array {
  const strings = new StringTable()
  const functions = new Map<string, number>()
  const idOf = (name: string) => {
    const known = functions.get(name)
    if (known !== undefined) return known
    functions.set(name, functions.size + 1)
    return functions.size
  }
  const { sampleTypes = ['samples/count', 'cpu/nanoseconds'], samples = [[['work', 'main'], 3, 30_000_000]] } = fields
  const sample = samples.map(([stack, ...value]) => new Sample({ locationId: stack.map(idOf), value }))
  return new Profile({
    sampleType: sampleTypes.map((text) => {
      const [type = '', unit = ''] = text.split('/')
      return new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) })
    }),
    sample,
    location: [...functions.values()].map((id) => new Location({ id, line: [new Line({ functionId: id, line: id })] })),
    function: [...functions].map(([name, id]) => new ProfiledFunction({ id, name: strings.dedup(name) })),
    stringTable: strings,
    timeNanos: fields.timeNanos ?? 0n,
  }).encode()
}

export function zippedProfile(fields: SmallProfile = {}): Uint8Array {
  return gzipSync(smallProfile(fields))
}
