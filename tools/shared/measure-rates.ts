/** The rates of a program's probes as they are on this machine now, once the policy or a person has allowed to count. */
import { UserError } from '../../analyzers/shared/user-error.ts'
import { prepareMeasurement } from '../../services/bpftrace/measure-rates.ts'
import type { ToolContext } from '../context.ts'
import type { RunOptions } from '../tool.ts'
import { approveRun } from './approve-run.ts'
import { judgeProgram, type Target } from './judge-program.ts'

const SECONDS = 1

export interface MeasuredRates {
  readonly seconds: number
  readonly rates: Readonly<Record<string, number>>
  /** What ran. */
  readonly program: string
}

/** Undefined when the program has only timers and probes that fire once. @throws UserError */
export async function measureRates(
  context: ToolContext,
  input: { readonly program: string; readonly params: readonly string[] },
  target: Target,
  options: RunOptions,
): Promise<MeasuredRates | undefined> {
  if (!context.mayWrite) {
    throw new UserError({
      code: 'READ_ONLY',
      message: 'Counting runs a program, and nothing may run here: this server was started with --read-only',
      hint: 'Leave `measure` out, or give the rates that you know as `rates`.',
    })
  }
  const wanted = { program: input.program, params: input.params, seconds: SECONDS }
  const measurement = await prepareMeasurement(context.bpftrace, wanted)
  if (measurement === undefined) return undefined
  const { program } = measurement
  const { safety } = judgeProgram(program, target, { params: input.params }).assessment
  await approveRun(
    context,
    { program, purpose: 'to count how often its probes fire', seconds: SECONDS, safety },
    options,
  )
  options.progress({ done: 0, message: 'Attaching the probes to count them' })
  const { rates, seconds } = await measurement.run({
    signal: options.signal,
    progress: (done) => options.progress({ done, message: 'Counting events' }),
  })
  return { rates, seconds, program }
}

const rounded = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const SHOWN = 20

/** One sentence for `basis`. */
export function measuredText(measured: MeasuredRates | undefined): string {
  if (measured === undefined) return 'Nothing was counted: the program has only timers and probes that fire once.'
  const rates = Object.entries(measured.rates)
  const shown = rates.slice(0, SHOWN).map(([point, rate]) => `${point} ${rounded.format(rate)}/s`)
  const more = rates.length > SHOWN ? `, and ${rates.length - SHOWN} more` : ''
  return `Counted on this machine over ${measured.seconds.toFixed(1)} s: ${shown.join(', ')}${more}.`
}
