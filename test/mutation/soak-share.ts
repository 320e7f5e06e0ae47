/** What the soak and its threads say to each other. */

export interface Share {
  readonly seed: number
  /** The programs `from`, `from + step`, … below `to`. */
  readonly from: number
  readonly to: number
  readonly step: number
  /** Holds the program that each thread is at, so that one which hangs can be named. */
  readonly current: Int32Array
  readonly thread: number
}

export interface Slow {
  readonly index: number
  readonly version: string
  readonly ms: number
}

export interface Thrown {
  readonly index: number
  readonly version: string
  readonly stack: string
}

export interface Report {
  readonly done: number
  readonly cpuMs: number
  readonly slowest: readonly Slow[]
  readonly thrown: readonly Thrown[]
}

export const TARGETS = ['0.17.0', '0.27.1'] as const
export const LIMIT_MS = 100
export const SLOWEST = 10
