/** Looks things up in sorted lists by halving them. */

/** How many of the first `length` indexes come before the point at which `isBefore` ceases to hold; it holds for no later one. */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
