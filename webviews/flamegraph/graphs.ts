/**
 * The graphs of one profile as they are asked for: one for each sample type from the extension, and what is derived from
 * them here, each made once.
 */
import { type FunctionTotals, functionTotals } from '../../analyzers/pprof/flame-functions.ts'
import type { FlameGraph } from '../../analyzers/pprof/flame-layout.ts'
import { bottomUp, calleesOf, callersOf } from '../../analyzers/pprof/flame-regroup.ts'
import type { FilterName } from '../protocol.ts'

export interface Sandwich {
  readonly frame: number
  readonly callers: FlameGraph
  readonly callees: FlameGraph
}

/** What is known of a graph beside itself. */
export interface GraphResult {
  /** Share of the whole below which frames were left out; 0 when all are there. */
  readonly leftOutBelow: number
  /** The share of the value that passed the filters, and the filters that matched nothing. */
  readonly passed: number
  readonly unmatched: readonly FilterName[]
}

export class Graphs {
  readonly topDown: FlameGraph
  readonly result: GraphResult
  #bottomUp: FlameGraph | undefined
  #totals: FunctionTotals | undefined
  #sandwich: Sandwich | undefined

  constructor(topDown: FlameGraph, result: GraphResult) {
    this.topDown = topDown
    this.result = result
  }

  /** What all percentages are of. */
  get whole(): number {
    return this.topDown.cum[0] ?? 0
  }

  get isDifferential(): boolean {
    return this.topDown.baseCum !== null
  }

  get isEmpty(): boolean {
    return this.topDown.nodeCount <= 1
  }

  get bottomUp(): FlameGraph {
    this.#bottomUp ??= bottomUp(this.topDown)
    return this.#bottomUp
  }

  get totals(): FunctionTotals {
    this.#totals ??= functionTotals(this.topDown)
    return this.#totals
  }

  sandwich(frame: number): Sandwich {
    if (this.#sandwich?.frame !== frame) {
      this.#sandwich = { frame, callers: callersOf(this.topDown, frame), callees: calleesOf(this.topDown, frame) }
    }
    return this.#sandwich
  }

  /** The function of that name, else the one with the largest own value. */
  frameNamed(name: string): number {
    const named = name === '' ? -1 : this.topDown.frames.findIndex((frame, index) => index > 0 && frame.name === name)
    if (named > 0) return named
    let best = 0
    this.totals.flat.forEach((value, frame) => {
      if (frame > 0 && Math.abs(value) > Math.abs(this.totals.flat[best] ?? 0)) best = frame
    })
    return best
  }
}
