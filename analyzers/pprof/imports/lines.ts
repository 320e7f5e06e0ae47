/**
 * What importers share: the lines of a text that may be large, one at a time, values that a profile can hold, and the
 * count of what had to be left out. Importers never
 * reject a file for one bad line: they note it here and say so in the profile's warnings.
 */

/** Lines without their line ends, also of `\r\n` files. */
export function* linesOf(text: string): Generator<string> {
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    yield text.charCodeAt(end - 1) === 13 && end > start ? text.slice(start, end - 1) : text.slice(start, end)
    start = end + 1
  }
}

export const IMPOSSIBLE = 'samples with a value that no profile can hold'

/** Rounded values of a sample, or `undefined` when one of them is no int64. */
export function wholeNumbers(values: readonly number[]): number[] | undefined {
  const rounded = values.map(Math.round)
  return rounded.every((value) => Math.abs(value) < 2 ** 63) ? rounded : undefined
}

/** Counts what could not be used, by reason, and remembers where the first of each kind stood. */
export class Omissions {
  private readonly counts = new Map<string, { count: number; readonly first: string }>()

  /** `reason` is a plural noun phrase: "samples without a value". `place` says where: "line 12". */
  add(reason: string, place: string): void {
    const known = this.counts.get(reason)
    if (known === undefined) this.counts.set(reason, { count: 1, first: place })
    else known.count++
  }

  get total(): number {
    let total = 0
    for (const { count } of this.counts.values()) total += count
    return total
  }

  warnings(): string[] {
    return [...this.counts].map(([reason, { count, first }]) => `Left out ${count} ${reason} (the first at ${first})`)
  }
}
