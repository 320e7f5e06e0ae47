/**
 * What the editor asks the server about programs that are in no file yet: templates, their parameters, and programs put
 * together. Names and shapes only. They are judged for the target of the document or folder that `uri` names.
 */
import type { Operation } from '../../analyzers/bpftrace/compose/compose.ts'
import type { Insertion } from '../../analyzers/bpftrace/insertion.ts'
import type {
  ParameterInputs,
  ProgramAnswer,
  ProgramPreview,
  TemplateChoice,
} from '../../analyzers/bpftrace/preview.ts'
import type { TemplateDescription } from '../../analyzers/bpftrace/templates/describe.ts'
import type { ParameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'

export type { Insertion, Operation, ParameterValues, ProgramAnswer, ProgramPreview, TemplateDescription }

/** No parameters; every template. */
export const templatesRequest = 'tracewright/templates'

export const renderTemplateRequest = 'tracewright/renderTemplate'

export interface RenderTemplateParams extends TemplateChoice {
  readonly uri: string
}

export const composeProgramsRequest = 'tracewright/composePrograms'

export interface ComposeProgramsParams {
  readonly uri: string
  readonly programs: readonly string[]
  readonly operations: readonly Operation[]
}

export const parameterValuesRequest = 'tracewright/parameterValues'

export interface ParameterValuesParams {
  readonly uri: string
  readonly template: string
  readonly parameter: string
  readonly text: string
  /** The others, for values that depend on them. */
  readonly parameters: ParameterInputs
}

/** Where a program can be inserted into a document: `{ uri, offset }` to an `Insertion`. */
export const insertionRequest = 'tracewright/insertion'

export interface InsertionParams {
  readonly uri: string
  readonly offset: number
}
