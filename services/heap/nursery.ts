/**
 * The part of V8's heap where objects begin: what dies there costs nothing, what outlives two rounds of it moves to where
 * only a collection of everything finds it. It starts with one megabyte and grows when much survives; its limit is fixed
 * when a process starts, but not by how much it grows at a time.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Lets it grow to `bytes` now, and from then on no further unless a collection lets it shrink. */
export function growNurseryTo(bytes: number): void {
  setFlagsFromString('--semi-space-growth-factor=2')
  const survivors: object[][] = []
  for (let round = 0; round < 40 && nurserySize(bytes) < bytes; round++) {
    survivors.push(Array.from({ length: 4000 }, (_, index) => ({ index })))
  }
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Both halves together; `otherwise` where V8 does not tell. */
const nurserySize = (otherwise: number) =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? otherwise
