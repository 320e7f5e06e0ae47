/** Templates, values for their parameters, and programs put together, for the editor's form and commands. */
import { availableParallelism } from 'node:os'
import { ProtocolRequestType } from 'vscode-languageserver/node'
import { insertionAt } from '../../analyzers/bpftrace/insertion.ts'
import { type PreviewOptions, previewComposition, previewTemplate } from '../../analyzers/bpftrace/preview.ts'
import { describeTemplate } from '../../analyzers/bpftrace/templates/describe.ts'
import { parameterValues } from '../../analyzers/bpftrace/templates/parameter-values.ts'
import { requireTemplate } from '../../analyzers/bpftrace/templates/render.ts'
import { templates } from '../../analyzers/bpftrace/templates/templates.generated.ts'
import { feature } from '../feature.ts'
import {
  type ComposeProgramsParams,
  composeProgramsRequest,
  type Insertion,
  type InsertionParams,
  insertionRequest,
  type ParameterValues,
  type ParameterValuesParams,
  type ProgramAnswer,
  parameterValuesRequest,
  type RenderTemplateParams,
  renderTemplateRequest,
  type TemplateDescription,
  templatesRequest,
} from '../protocol/programs.ts'
import type { Session } from '../session.ts'

function request<P, R>(method: string): ProtocolRequestType<P, R | null, never, void, void> {
  return new ProtocolRequestType(method)
}

export const templateList = feature({
  request: request<object, readonly TemplateDescription[]>(templatesRequest),
  handle: () => templates.map(describeTemplate),
})

export const templateRendering = feature({
  request: request<RenderTemplateParams, ProgramAnswer>(renderTemplateRequest),
  handle: (session, params) => previewTemplate(params, optionsFor(session, params.uri)),
})

export const composition = feature({
  request: request<ComposeProgramsParams, ProgramAnswer>(composeProgramsRequest),
  handle: (session, { uri, programs, operations }) =>
    previewComposition(programs, operations, optionsFor(session, uri)),
})

export const templateValues = feature({
  request: request<ParameterValuesParams, ParameterValues>(parameterValuesRequest),
  handle(session, { uri, template, parameter, text, parameters }) {
    const { version: bpftrace, kernel } = session.basisOf(uri).target
    return parameterValues(requireTemplate(template), parameter, text, parameters, { bpftrace, kernel })
  },
})

export const insertion = feature({
  request: request<InsertionParams, Insertion>(insertionRequest),
  handle(session, { uri, offset }) {
    const snapshot = session.snapshot(uri)
    return snapshot ? insertionAt(snapshot.tree, offset) : null
  },
})

function optionsFor(session: Session, uri: string): PreviewOptions {
  const { settings, target } = session.basisOf(uri)
  return {
    bpftrace: target.version,
    kernel: target.kernel,
    unsafe: settings['bpftrace.unsafe'],
    levels: settings['diagnostics.levels'],
    ...(target.kernel.source.kind === 'live' ? { cpus: availableParallelism() } : {}),
  }
}
