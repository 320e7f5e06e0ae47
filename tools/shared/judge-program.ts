/**
 * The judgement of a bpftrace program as the command line and the tools give it: which version and kernel it is judged
 * for and why, and its diagnostics with lines and columns.
 */
import { availableParallelism } from 'node:os'
import { DEFAULT_CPUS, type Inspection, type InspectOptions, inspect } from '../../analyzers/bpftrace/inspect.ts'
import type { KernelFacts } from '../../analyzers/bpftrace/kernel-facts.ts'
import { withMigration } from '../../analyzers/bpftrace/migrate/offer-migration.ts'
import { type PlacedDiagnostic, placeDiagnostic, placerFor } from '../../analyzers/bpftrace/placed-diagnostic.ts'
import {
  formatVersion,
  judgedVersion,
  newestVersion,
  parseVersion,
  requireVersion,
  type Version,
} from '../../analyzers/bpftrace/version.ts'
import type { ToolContext } from '../context.ts'

export interface TargetChoice {
  /** `X.Y` or `X.Y.Z`; the installed one otherwise, else the newest known. */
  readonly bpftrace?: string | undefined
  /** `none` (the bundled snapshot), `live`, or a kernel version. */
  readonly kernel?: string | undefined
}

export interface Target {
  readonly version: Version
  readonly kernel: KernelFacts
  /** The version that was asked for is newer than anything known. */
  readonly notice?: string | undefined
  /** As results show it. */
  readonly shown: { readonly bpftrace: string; readonly kernel: string; readonly why: string }
}

/** @throws UserError for a version that is none, or a kernel whose facts cannot be had. */
export async function resolveTarget(
  context: Pick<ToolContext, 'bpftrace' | 'kernelFacts'>,
  choice: TargetChoice,
): Promise<Target> {
  const { asked, why } = await askedVersion(context, choice.bpftrace)
  const { version, notice } = judgedVersion(asked)
  const kernelChoice = choice.kernel ?? 'none'
  const kernel = await context.kernelFacts(kernelChoice)
  return {
    version,
    kernel,
    notice,
    shown: {
      bpftrace: formatVersion(version),
      kernel: kernelChoice === 'none' || kernel.source.kernel === '' ? kernelChoice : kernel.source.kernel,
      why: [why, notice, kernel.source.description].filter((part) => part !== undefined).join(' '),
    },
  }
}

async function askedVersion(
  context: Pick<ToolContext, 'bpftrace'>,
  text: string | undefined,
): Promise<{ readonly asked: Version; readonly why: string }> {
  if (text !== undefined) {
    const asked = requireVersion(text)
    // `0.27` means its newest patch release, as far as that is known.
    const isNewestLine = asked.major === newestVersion.major && asked.minor === newestVersion.minor
    const isShort = /^\s*v?\d+\.\d+\s*$/.test(text)
    return { asked: isNewestLine && isShort ? newestVersion : asked, why: 'bpftrace version as asked for.' }
  }
  const installed = await context.bpftrace.find()
  const version = installed === undefined ? undefined : parseVersion(installed.version)
  return version === undefined
    ? { asked: newestVersion, why: 'No bpftrace is installed: the newest known version.' }
    : { asked: version, why: `The installed ${installed?.path}.` }
}

export interface Judgement extends Omit<Inspection, 'diagnostics'> {
  readonly diagnostics: readonly PlacedDiagnostic[]
}

export type JudgeOptions = Pick<InspectOptions, 'unsafe' | 'params' | 'readFile' | 'rates' | 'measured' | 'cpus'>

export function judgeProgram(source: string, target: Target, options: JudgeOptions = {}): Judgement {
  const cpus = options.cpus ?? (target.kernel.source.kind === 'live' ? availableParallelism() : DEFAULT_CPUS)
  const judged = { ...options, cpus, bpftrace: target.version, kernel: target.kernel }
  const inspection = inspect(source, judged)
  const diagnostics = withMigration(source, inspection.diagnostics, judged)
  const place = placerFor(source)
  return { ...inspection, diagnostics: diagnostics.map((diagnostic) => placeDiagnostic(diagnostic, place)) }
}
