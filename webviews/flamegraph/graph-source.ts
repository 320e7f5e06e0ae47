/**
 * Where graphs come from: asks for each that is wanted, puts together what comes in parts, and keeps those that were
 * wanted last, so that going back to one asks nobody. Only the answer to the latest question is told.
 */
import { unpackFlameGraph } from '../../analyzers/pprof/flame-pack.ts'
import { filterNames, type GraphQuery, type ToView } from '../protocol.ts'
import type { Host } from '../shared/host.ts'
import { Graphs } from './graphs.ts'

export type GraphMessage = Extract<ToView, { type: 'graph' | 'graph-part' | 'graph-failed' }>

export interface GraphListener {
  onGraph(graphs: Graphs): void
  onFailure(message: string): void
  onBusy(isBusy: boolean): void
}

/** Each of a big profile takes tens of megabytes. */
const KEPT = 6

export class GraphSource {
  readonly #host: Host
  readonly #listener: GraphListener
  readonly #known = new Map<string, Graphs>()
  /** What has come of graphs that come in parts, by the number of the transfer. */
  readonly #parts = new Map<number, Uint8Array<ArrayBuffer>>()
  #wanted = ''

  constructor(host: Host, listener: GraphListener) {
    this.#host = host
    this.#listener = listener
  }

  ask(query: GraphQuery): void {
    this.#wanted = keyOf(query)
    const known = this.#known.get(this.#wanted)
    this.#listener.onBusy(known === undefined)
    if (known === undefined) this.#host.send({ type: 'graph-wanted', query })
    else {
      this.#keep(this.#wanted, known)
      this.#listener.onGraph(known)
    }
  }

  receive(message: GraphMessage): void {
    if (message.type === 'graph-part') {
      this.#takePart(message)
      return
    }
    const key = keyOf(message.query)
    const isWanted = key === this.#wanted
    if (isWanted) this.#listener.onBusy(false)
    if (message.type === 'graph-failed') {
      if (isWanted) this.#listener.onFailure(message.message)
      return
    }
    const packed = message.packed ?? this.#parts.get(message.transfer)?.buffer
    this.#parts.delete(message.transfer)
    if (packed === undefined) throw new Error('a graph came without its parts')
    const graphs = new Graphs(unpackFlameGraph(packed), message)
    this.#keep(key, graphs)
    if (isWanted) this.#listener.onGraph(graphs)
  }

  /** Another profile: what is known is of the one before. */
  clear(): void {
    this.#known.clear()
    this.#parts.clear()
  }

  #takePart({ transfer, offset, totalBytes, part }: Extract<ToView, { type: 'graph-part' }>): void {
    const bytes = this.#parts.get(transfer) ?? new Uint8Array(totalBytes)
    bytes.set(new Uint8Array(part), offset)
    this.#parts.set(transfer, bytes)
  }

  #keep(key: string, graphs: Graphs): void {
    // The one used last stands at the end.
    this.#known.delete(key)
    this.#known.set(key, graphs)
    const [oldest] = this.#known.keys()
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
  }
}

function keyOf({ sampleIndex, filters, normalize }: GraphQuery): string {
  return JSON.stringify([sampleIndex, normalize, ...filterNames.map((name) => filters[name])])
}
