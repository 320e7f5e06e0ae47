/**
 * What this server and an editor say to each other beyond the Language Server Protocol: names and shapes only, so that
 * the extension can import it without the server. Editors that know none of it lose nothing but the status item.
 */

/** Server to client, whenever the target changes. */
export const statusNotification = 'tracewright/status'

export interface ServerStatus {
  /** The version programs are judged for, such as `0.27.1`. */
  readonly bpftrace: string
  /** One sentence: where that version comes from. */
  readonly bpftraceWhy: string
  /** Release such as `6.18.44`; empty when no kernel facts are used. */
  readonly kernel: string
  readonly kernelSource: 'none' | 'snapshot' | 'live' | 'file'
  /** One sentence: which facts about the kernel are used and why. */
  readonly kernelWhy: string
  /** Every version that can be chosen, newest first. */
  readonly versions: readonly string[]
}

/** Client to server: the user has trusted the workspace, so programs that its settings name may be run. */
export const trustNotification = 'tracewright/trust'

export interface InitializationOptions {
  /** Absent means trusted: an editor without the notion decides by starting the server. */
  readonly trusted?: boolean
  /** Commands of the client that code lenses may name. Without one its lens is plain text, or is not shown. */
  readonly commands?: readonly string[]
}

/** Lists what a probe with wildcards matches; its argument is a `ProgramPlace`. */
export const showMatchingProbesCommand = 'tracewright.showMatchingProbes'

/** Runs the program; its argument is a `ProgramPlace`. */
export const runProgramCommand = 'tracewright.runProgram'

export interface ProgramPlace {
  readonly uri: string
  /** Where the probe starts. */
  readonly offset: number
}

/** Client to server, `{ uri, offset }` of a probe with wildcards: what it matches. */
export const matchingProbesRequest = 'tracewright/matchingProbes'

export interface MatchingProbes {
  /** In the kernel's order; at most so many that a list of them is useful. */
  readonly names: readonly string[]
  readonly total: number
}
