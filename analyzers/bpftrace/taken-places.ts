/** The places that chosen edits take, so that another edit which meets one of them is found without asking each. */
import { partitionPoint } from '../shared/partition-point.ts'
import type { Span } from './diagnostic.ts'

export class TakenPlaces {
  /** In order; none overlaps another. */
  readonly #spans: Span[] = []
  readonly #meets: (a: Span, b: Span) => boolean

  /** `meets` is asked of places that touch. */
  constructor(meets: (a: Span, b: Span) => boolean) {
    this.#meets = meets
  }

  isFree(span: Span): boolean {
    for (let at = this.#firstEndingFrom(span.start); at < this.#spans.length; at++) {
      const taken = this.#spans[at]
      if (taken === undefined || taken.start > span.end) return true
      if (this.#meets(taken, span)) return false
    }
    return true
  }

  take(span: Span): void {
    let at = this.#firstEndingFrom(span.start)
    while ((this.#spans[at]?.start ?? Number.POSITIVE_INFINITY) < span.start) at++
    this.#spans.splice(at, 0, span)
  }

  #firstEndingFrom(offset: number): number {
    return partitionPoint(this.#spans.length, (index) => (this.#spans[index]?.end ?? 0) < offset)
  }
}
