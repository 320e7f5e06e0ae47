/**
 * Ids of profile.proto are arbitrary 64-bit numbers; columns want 32-bit row numbers. Almost every producer counts from
 * one, so an id is first kept as it is in 32 bits, rare large ids get numbers from the top of the range, and rows are
 * found by one array lookup at the end, because a message may refer to one that comes later in the file.
 */

import { NONE } from './profile.ts'
import { ProtobufError, type ProtobufReader } from './protobuf-reader.ts'

const FIRST_LARGE_ID = 0xf000_0000

/** A profile whose ids are hashes has as many of them as locations; more would only fill memory. */
const MAX_LARGE_IDS = 4_000_000

/** Shortens the ids of one kind of message to 32 bits, the same id always to the same number. */
export class IdSpace {
  private readonly large = new Map<bigint, number>()

  /** The short form of the varint that the reader is at. */
  read(reader: ProtobufReader): number {
    const id = reader.uint()
    return id < FIRST_LARGE_ID ? id : this.shorten(reader.lastUint())
  }

  private shorten(id: bigint): number {
    const known = this.large.get(id)
    if (known !== undefined) return known
    const short = FIRST_LARGE_ID + this.large.size
    if (this.large.size >= MAX_LARGE_IDS) throw new ProtobufError('there are too many different ids')
    this.large.set(id, short)
    return short
  }
}

/** Finds the row of a message by its short id; `NONE` where no message has it. */
export type RowOfId = (id: number) => number

/** @throws ProtobufError on a reserved or repeated id, as google/pprof does. */
export function rowsById(kind: string, ids: Uint32Array): RowOfId {
  let largest = 0
  for (const id of ids) {
    if (id === 0) throw new ProtobufError(`a ${kind} has the reserved id 0`)
    if (id > largest) largest = id
  }
  if (largest <= ids.length * 4 + 1024) return rowsInArray(kind, ids, largest)
  const rows = new Map<number, number>()
  ids.forEach((id, row) => {
    if (rows.has(id)) throw new ProtobufError(`two ${kind}s have the id ${id}`)
    rows.set(id, row)
  })
  return (id) => rows.get(id) ?? NONE
}

function rowsInArray(kind: string, ids: Uint32Array, largest: number): RowOfId {
  const rows = new Uint32Array(largest + 1).fill(NONE)
  ids.forEach((id, row) => {
    if (rows[id] !== NONE) throw new ProtobufError(`two ${kind}s have the id ${id}`)
    rows[id] = row
  })
  return (id) => rows[id] ?? NONE
}
