/**
 * Programs that are in no file yet, written and judged for a target: what the form of templates and the commands that
 * put programs together show. Everything wrong with the input is collected, so that a form can say all of it at once.
 */
import { UserError } from '../shared/user-error.ts'
import { compose, type Operation } from './compose/compose.ts'
import { highlight, type Piece } from './highlight.ts'
import { type InspectOptions, inspect } from './inspect.ts'
import { placerFor } from './placed-diagnostic.ts'
import { parameterProblems, renderTemplate, requireTemplate } from './templates/render.ts'
import { formatVersion } from './version.ts'

export type ParameterInputs = Readonly<Record<string, string | number | boolean>>

export interface TemplateChoice {
  readonly template: string
  readonly parameters: ParameterInputs
  /** Applied to the program in this order. */
  readonly operations: readonly Operation[]
}

/** What a caller has to repair, with the input it is about. */
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

export type PreviewOptions = Pick<InspectOptions, 'bpftrace' | 'kernel' | 'unsafe' | 'levels' | 'cpus'>

interface Draft {
  readonly program: string
  readonly notes: readonly string[]
}

export function previewTemplate(
  { template: name, parameters, operations }: TemplateChoice,
  options: PreviewOptions,
): ProgramAnswer {
  return collected(() => {
    const template = requireTemplate(name)
    const problems = parameterProblems(template, parameters).map(
      ({ parameter, message }): ProgramProblem => ({ about: 'parameter', name: parameter, message, hint: '' }),
    )
    if (problems.length > 0) return { kind: 'problems', problems }
    return judged(renderTemplate(template, parameters, options), operations, options)
  })
}

export function previewComposition(
  programs: readonly string[],
  operations: readonly Operation[],
  options: PreviewOptions,
): ProgramAnswer {
  return collected(() => judged(compose(programs, [], options), operations, options))
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

function judged(draft: Draft, operations: readonly Operation[], options: PreviewOptions): ProgramAnswer {
  let { program } = draft
  const notes = [...draft.notes]
  const problems: ProgramProblem[] = []
  for (const operation of operations) {
    try {
      const done = compose([program], [operation], options)
      program = done.program
      notes.push(...done.notes)
    } catch (error) {
      problems.push({ about: 'operation', name: operation.kind, ...wordsOf(error) })
    }
  }
  return problems.length > 0 ? { kind: 'problems', problems } : preview({ program, notes }, options)
}

function preview({ program, notes }: Draft, options: PreviewOptions): ProgramPreview {
  const { bpftrace, kernel } = options
  const { assessment, context, diagnostics } = inspect(program, options)
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
    target: { bpftrace: formatVersion(bpftrace), kernel: kernel.source.kernel, kernelSource: kernel.source.kind },
  }
}
