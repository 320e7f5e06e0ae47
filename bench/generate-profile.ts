/**
 * Writes big CPU profiles for the benchmarks, the same bytes for the same size on every machine. Stacks grow like those
 * of a real program: a sample repeats an earlier stack (Zipf-chosen) or branches off one at a random depth; in the
 * high-entropy variant every stack is new. A function is sampled at one line: 100k, 500k and 2M samples then have about
 * 10, 55 and 250 MB unpacked.
 */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { ProtobufWriter } from '../analyzers/pprof/protobuf-writer.ts'

export interface ProfileShape {
  readonly samples: number
  readonly functions: number
  /** tenant_id and connector_id on two thirds of the samples, a number on a tenth. */
  readonly labels: boolean
  /** Share of samples that repeat an earlier stack. */
  readonly repeat: number
}

const SEED = 20261121
const MIN_DEPTH = 20
const MAX_DEPTH = 60
const TENANTS = 200
const CONNECTORS = 50
const PIECE_BYTES = 1 << 20

/** Stacks to branch off are chosen among so many; more would only cost memory. */
const REMEMBERED_STACKS = 200_000

export async function writeProfile(file: string, shape: ProfileShape): Promise<number> {
  let unpacked = 0
  const count = function* () {
    for (const piece of profilePieces(shape)) {
      unpacked += piece.length
      yield piece
    }
  }
  await pipeline(Readable.from(count()), createGzip({ level: 1 }), createWriteStream(file))
  return unpacked
}

function* profilePieces(shape: ProfileShape): Generator<Uint8Array> {
  const random = mulberry32(SEED)
  const writer = new ProtobufWriter()
  const texts = new Texts()
  writeType(writer, 1, texts.index('samples'), texts.index('count'))
  writeType(writer, 1, texts.index('cpu'), texts.index('nanoseconds'))
  const labels = labelTexts(texts)
  const stacks: Uint32Array[] = [rootStack(random, shape.functions)]
  for (let sample = 0; sample < shape.samples; sample++) {
    const stack = nextStack(random, stacks, shape)
    writeSample(writer, stack, random, shape.labels ? labels : null)
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  writer.message(3, (mapping) => {
    mapping.number(1, 1)
    mapping.number(2, 0x400000)
    mapping.number(3, 0x8000000)
    mapping.number(5, texts.index('/srv/bin/service'))
    mapping.boolean(7, true)
  })
  yield* tables(writer, texts, shape.functions)
  writer.number(9, 1_795_294_882_108_011_303n)
  writer.number(10, 30_000_000_000)
  writeType(writer, 11, texts.index('cpu'), texts.index('nanoseconds'))
  writer.number(12, 10_000_000)
  for (const text of texts.all) {
    writer.string(6, text)
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  yield writer.take()
}

function* tables(writer: ProtobufWriter, texts: Texts, functions: number): Generator<Uint8Array> {
  for (let id = 1; id <= functions; id++) {
    writer.message(4, (location) => {
      location.number(1, id)
      location.number(2, 1)
      location.number(3, 0x400000 + id * 16)
      location.message(4, (entry) => {
        entry.number(1, id)
        entry.number(2, 10 + (id % 3) * 7)
      })
    })
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
  for (let id = 1; id <= functions; id++) {
    const name = `example.com/acme/service${id % 97}/internal/package${id % 389}.(*Type${id % 1009}).Method${id}`
    writer.message(5, (entry) => {
      entry.number(1, id)
      entry.number(2, texts.index(name))
      entry.number(3, texts.index(name))
      entry.number(4, texts.index(`/build/service${id % 97}/internal/package${id % 389}/type${id % 1009}.go`))
      entry.number(5, 8)
    })
    if (writer.size > PIECE_BYTES) yield writer.take()
  }
}

/** Root first; samples hold them leaf first. */
function rootStack(random: () => number, functions: number): Uint32Array {
  return Uint32Array.from({ length: MIN_DEPTH }, () => randomLocation(random, functions))
}

function nextStack(random: () => number, stacks: Uint32Array[], shape: ProfileShape): Uint32Array {
  if (random() < shape.repeat) return stacks[zipf(random, stacks.length)] ?? rootStack(random, shape.functions)
  const parent = stacks[Math.floor(random() * stacks.length)] ?? new Uint32Array(0)
  const shared = Math.floor(random() * parent.length)
  const depth = MIN_DEPTH + Math.floor(random() * (MAX_DEPTH - MIN_DEPTH + 1))
  const stack = new Uint32Array(Math.max(depth, shared + 1))
  stack.set(parent.subarray(0, shared))
  for (let i = shared; i < stack.length; i++) stack[i] = randomLocation(random, shape.functions)
  if (stacks.length < REMEMBERED_STACKS) stacks.push(stack)
  else stacks[Math.floor(random() * REMEMBERED_STACKS)] = stack
  return stack
}

function randomLocation(random: () => number, functions: number): number {
  return 1 + Math.floor(random() * functions)
}

/** An index below `count`, index i with a chance near 1/(i+1). */
function zipf(random: () => number, count: number): number {
  return Math.min(count - 1, Math.floor((count + 1) ** random()) - 1)
}

interface LabelTexts {
  readonly tenantKey: number
  readonly connectorKey: number
  readonly numberKey: number
  readonly unit: number
  readonly tenants: readonly number[]
  readonly connectors: readonly number[]
}

function labelTexts(texts: Texts): LabelTexts {
  return {
    tenantKey: texts.index('tenant_id'),
    connectorKey: texts.index('connector_id'),
    numberKey: texts.index('request_size'),
    unit: texts.index('bytes'),
    tenants: Array.from({ length: TENANTS }, (_, i) => texts.index(`tenant-${i}`)),
    connectors: Array.from({ length: CONNECTORS }, (_, i) => texts.index(`connector-${i}`)),
  }
}

function writeSample(
  writer: ProtobufWriter,
  stack: Uint32Array,
  random: () => number,
  labels: LabelTexts | null,
): void {
  // Geometric around 10 ms: mostly one period, sometimes several.
  let periods = 1
  while (random() < 0.3) periods++
  const values = [periods, periods * 10_000_000]
  writer.message(2, (sample) => {
    sample.packed(1, stack.length, (i) => stack[stack.length - 1 - i] ?? 1)
    sample.packed(2, 2, (i) => values[i] ?? 0)
    if (labels === null) return
    if (random() < 2 / 3) {
      const tenant = labels.tenants[zipf(random, TENANTS)] ?? 0
      const connector = labels.connectors[Math.floor(random() * CONNECTORS)] ?? 0
      writeLabel(sample, labels.tenantKey, tenant, 0, 0)
      writeLabel(sample, labels.connectorKey, connector, 0, 0)
    }
    if (random() < 0.1) writeLabel(sample, labels.numberKey, 0, 1 + Math.floor(random() * 65536), labels.unit)
  })
}

function writeLabel(sample: ProtobufWriter, key: number, text: number, number: number, unit: number): void {
  sample.message(3, (label) => {
    label.number(1, key)
    label.number(2, text)
    label.number(3, number)
    label.number(4, unit)
  })
}

function writeType(writer: ProtobufWriter, field: number, type: number, unit: number): void {
  writer.message(field, (message) => {
    message.number(1, type)
    message.number(2, unit)
  })
}

class Texts {
  readonly all: string[] = ['']
  private readonly indices = new Map<string, number>([['', 0]])

  index(text: string): number {
    let index = this.indices.get(text)
    if (index === undefined) {
      index = this.all.push(text) - 1
      this.indices.set(text, index)
    }
    return index
  }
}

/** A small generator of random numbers with a seed, so that everybody measures the same file. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
