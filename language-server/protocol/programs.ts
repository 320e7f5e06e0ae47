/**
 * What the editor asks the server about programs that are in no file yet: templates, their parameters, and programs put
 * together. Names and shapes only. They are judged for the target of the document or folder that `uri` names.
 */
import type { Operation } from '../../analyzers/bpftrace/compose/compose.ts'
import type { Piece } from '../../analyzers/bpftrace/highlight.ts'
import type { TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { ParameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'

export type { Operation, ParameterValues, Piece, TemplateDescription }

/** No parameters; every template. */
export const templatesRequest = 'tracewright/templates'

export const renderTemplateRequest = 'tracewright/renderTemplate'

export type ParameterInputs = Readonly<Record<string, string | number | boolean>>

export interface RenderTemplateParams {
  readonly uri: string
  readonly template: string
  readonly parameters: ParameterInputs
  /** Applied to the program in this order. */
  readonly operations: readonly Operation[]
}

export const composeProgramsRequest = 'tracewright/composePrograms'

export interface ComposeProgramsParams {
  readonly uri: string
  readonly programs: readonly string[]
  readonly operations: readonly Operation[]
}

/** What a caller has to repair, each with the input it is about. */
export interface ProgramProblem {
  readonly about: 'template' | 'parameter' | 'operation'
  /** Name of the parameter, kind of the operation; empty for the template or program as a whole. */
  readonly name: string
  readonly message: string
  readonly hint: string
}

export interface ProgramPreview {
  readonly kind: 'program'
  readonly program: string
  /** The program, piece by piece, for those who show it. */
  readonly pieces: readonly Piece[]
  readonly notes: readonly string[]
  readonly findings: readonly {
    readonly severity: 'error' | 'warning'
    readonly line: number
    readonly message: string
  }[]
  readonly safety: {
    readonly verdict: 'safe' | 'caution' | 'dangerous'
    readonly needsUnsafe: boolean
    readonly reasons: readonly string[]
  }
  readonly estimate: {
    readonly eventsPerSecond: number
    /** Percent of one CPU, reaching the programs included. */
    readonly cpuPct: number
    readonly mapBytes: number
    readonly stackBytes: number
    readonly basis: string
  }
  readonly target: {
    readonly bpftrace: string
    /** Release; empty when unknown. */
    readonly kernel: string
    readonly kernelSource: 'none' | 'snapshot' | 'live' | 'file'
  }
}

export type ProgramAnswer = ProgramPreview | { readonly kind: 'problems'; readonly problems: readonly ProgramProblem[] }

export const parameterValuesRequest = 'tracewright/parameterValues'

export interface ParameterValuesParams {
  readonly uri: string
  readonly template: string
  readonly parameter: string
  readonly text: string
  /** The others, for values that depend on them. */
  readonly parameters: ParameterInputs
}
