/** The first half of a counting sort. */

/**
 * Turns the number of rows of each group into the row where the group begins, in place. With one more place than there
 * are groups, and 0 in it, group `i` has the rows `counts[i] .. counts[i + 1]` afterwards.
 * @returns how many rows there are in all.
 */
export function countsToOffsets(counts: Uint32Array): number {
  let total = 0
  for (let group = 0; group < counts.length; group++) {
    const count = counts[group] ?? 0
    counts[group] = total
    total += count
  }
  return total
}
