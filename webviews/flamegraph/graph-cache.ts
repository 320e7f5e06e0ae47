/** The graphs that were asked for last, by what was asked: going back to one asks nobody. */
import { filterNames, type GraphQuery } from '../protocol.ts'
import type { Graphs } from './graphs.ts'

/** Each of a big profile takes tens of megabytes. */
const KEPT = 6

export class GraphCache {
  readonly #graphs = new Map<string, Graphs>()

  get(query: GraphQuery): Graphs | undefined {
    const key = keyOf(query)
    const found = this.#graphs.get(key)
    if (found !== undefined) this.set(query, found)
    return found
  }

  set(query: GraphQuery, graphs: Graphs): void {
    const key = keyOf(query)
    // The one used last stands at the end.
    this.#graphs.delete(key)
    this.#graphs.set(key, graphs)
    const [oldest] = this.#graphs.keys()
    if (this.#graphs.size > KEPT && oldest !== undefined) this.#graphs.delete(oldest)
  }

  clear(): void {
    this.#graphs.clear()
  }
}

export function isSameQuery(a: GraphQuery, b: GraphQuery): boolean {
  return keyOf(a) === keyOf(b)
}

function keyOf({ sampleIndex, filters, normalize }: GraphQuery): string {
  return JSON.stringify([sampleIndex, normalize, ...filterNames.map((name) => filters[name])])
}
