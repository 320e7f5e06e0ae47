/**
 * Programs that are in no file yet, written and judged for a target: what the form of templates and the commands that
 * put programs together show. Everything wrong with the input is collected, so that a form can say all of it at once.
 */
import { availableParallelism } from 'node:os'
import { compose, type Operation } from '../analyzers/bpftrace/compose/compose.ts'
import { highlight } from '../analyzers/bpftrace/highlight.ts'
import { inspect } from '../analyzers/bpftrace/inspect.ts'
import { placerFor } from '../analyzers/bpftrace/placed-diagnostic.ts'
import { parameterProblems, renderTemplate, requireTemplate } from '../analyzers/bpftrace/templates/render.ts'
import { formatVersion } from '../analyzers/bpftrace/version.ts'
import { UserError } from '../analyzers/shared/user-error.ts'
import type {
  ComposeProgramsParams,
  ProgramAnswer,
  ProgramPreview,
  ProgramProblem,
  RenderTemplateParams,
} from './protocol/programs.ts'
import type { Basis } from './snapshot.ts'

interface Draft {
  readonly program: string
  readonly notes: readonly string[]
}

export function previewTemplate(
  { template: name, parameters, operations }: Omit<RenderTemplateParams, 'uri'>,
  basis: Basis,
): ProgramAnswer {
  const { version: bpftrace, kernel } = basis.target
  return collected(() => {
    const template = requireTemplate(name)
    const problems = parameterProblems(template, parameters).map(
      ({ parameter, message }): ProgramProblem => ({ about: 'parameter', name: parameter, message, hint: '' }),
    )
    if (problems.length > 0) return { kind: 'problems', problems }
    return judged(renderTemplate(template, parameters, { bpftrace, kernel }), operations, basis)
  })
}

export function previewComposition(
  { programs, operations }: Omit<ComposeProgramsParams, 'uri'>,
  basis: Basis,
): ProgramAnswer {
  return collected(() => judged(compose(programs, [], { bpftrace: basis.target.version }), operations, basis))
}

function collected(make: () => ProgramAnswer): ProgramAnswer {
  try {
    return make()
  } catch (error) {
    return { kind: 'problems', problems: [{ about: 'template', name: '', ...wordsOf(error) }] }
  }
}

/** @throws what is no matter of the caller's. */
function wordsOf(error: unknown): { readonly message: string; readonly hint: string } {
  if (!(error instanceof UserError)) throw error
  return { message: error.message, hint: error.hint ?? '' }
}

function judged(draft: Draft, operations: readonly Operation[], basis: Basis): ProgramAnswer {
  let { program } = draft
  const notes = [...draft.notes]
  const problems: ProgramProblem[] = []
  for (const operation of operations) {
    try {
      const done = compose([program], [operation], { bpftrace: basis.target.version })
      program = done.program
      notes.push(...done.notes)
    } catch (error) {
      problems.push({ about: 'operation', name: operation.kind, ...wordsOf(error) })
    }
  }
  return problems.length > 0 ? { kind: 'problems', problems } : preview({ program, notes }, basis)
}

function preview({ program, notes }: Draft, { target, settings }: Basis): ProgramPreview {
  const { version, kernel } = target
  const { assessment, context, diagnostics } = inspect(program, {
    bpftrace: version,
    kernel,
    unsafe: settings['bpftrace.unsafe'],
    levels: settings['diagnostics.levels'],
    ...(kernel.source.kind === 'live' ? { cpus: availableParallelism() } : {}),
  })
  const { safety, estimate } = assessment
  const place = placerFor(program)
  return {
    kind: 'program',
    program,
    pieces: highlight(context),
    notes,
    findings: diagnostics.flatMap(({ severity, span, message }) =>
      severity === 'error' || severity === 'warning' ? [{ severity, line: place(span).line, message }] : [],
    ),
    safety: { verdict: safety.verdict, needsUnsafe: safety.needsUnsafe, reasons: safety.reasons },
    estimate: {
      eventsPerSecond: estimate.eventsPerSecond,
      cpuPct: estimate.cpuPct + estimate.attachCpuPct,
      mapBytes: estimate.mapBytes,
      stackBytes: estimate.stackBytes,
      basis: estimate.basis,
    },
    target: { bpftrace: formatVersion(version), kernel: kernel.source.kernel, kernelSource: kernel.source.kind },
  }
}
