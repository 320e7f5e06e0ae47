/** What a program is judged against: the version's catalog, the kernel, the command line. Given from outside, read only. */
import type { Catalog } from '../catalog/index.ts'
import type { KernelFacts } from '../kernel-facts.ts'
import type { Version } from '../version.ts'
import type { AttachPoint } from './attach-points/attach-point.ts'
import type { Findings } from './findings.ts'
import type { ProbeArguments } from './probe-arguments.ts'
import type { TypeTable } from './type-table.ts'

export interface Environment {
  readonly version: Version
  readonly catalog: Catalog
  readonly kernel: KernelFacts
  /** Given with `--unsafe`. */
  readonly unsafe: boolean
  readonly params: readonly string[]
  readonly findings: Findings
  /** C types of the program and of the kernel. */
  readonly types: TypeTable
  /** The text of a file that the program names; undefined when it cannot be had. */
  readonly readFile: ((path: string) => string | undefined) | undefined
  /** The structure of `args` at an attach point; undefined where nobody knows it. */
  readonly argumentsOf: (point: AttachPoint) => ProbeArguments | undefined
  readonly settings: Settings
  /** The program imports C, so functions may exist that it does not define. */
  readonly foreignFunctions: boolean
}

/** Config values that decide what is valid. */
export interface Settings {
  maxStringLength: number
  stackMode: string
  missingProbes: string
  unstable: Map<string, string>
}
