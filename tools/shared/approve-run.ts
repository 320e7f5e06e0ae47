/**
 * Nothing runs unseen: the policy of the machine, then a person. Every tool that starts a program goes through here
 * before it does.
 */
import type { Safety } from '../../analyzers/bpftrace/rules/safety.ts'
import { UserError } from '../../analyzers/shared/user-error.ts'
import { decideRun } from '../../services/policy/policy.ts'
import type { ToolContext } from '../context.ts'
import type { RunOptions } from '../tool.ts'

export interface PlannedRun {
  readonly program: string
  /** What it is for, as it continues "… wants to run a bpftrace program". */
  readonly purpose: string
  readonly seconds: number
  readonly safety: Safety
}

/** Returns when it may run. @throws UserError `POLICY_DENIED`, `approval_required`, `DECLINED` */
export async function approveRun(
  context: Pick<ToolContext, 'policy'>,
  planned: PlannedRun,
  { approve }: Pick<RunOptions, 'approve'>,
): Promise<void> {
  const { program, purpose, seconds, safety } = planned
  const policy = context.policy()
  const decision = decideRun(policy, safety)
  const details = {
    program,
    duration_s: seconds,
    verdict: safety.verdict,
    needs_unsafe: safety.needsUnsafe,
    reasons: safety.reasons,
  }
  if (seconds > policy.max_duration_s) {
    throw new UserError({
      code: 'POLICY_DENIED',
      message: `The policy of this machine allows ${policy.max_duration_s} seconds, not ${seconds}`,
      hint: 'Ask for less, or raise `max_duration_s` in the policy.',
      details,
    })
  }
  if (decision === 'allow') return
  if (decision === 'deny') {
    throw new UserError({
      code: 'POLICY_DENIED',
      message: `The policy of this machine forbids programs that are judged \`${safety.needsUnsafe ? 'unsafe' : safety.verdict}\``,
      hint: 'The owner of the machine can change `run` in the policy.',
      details,
    })
  }
  if (approve === undefined) {
    throw new UserError({
      code: 'approval_required',
      message: `A person has to approve this run first: ${purpose}`,
      hint: 'Show `details.program` to a person. On the command line add `--yes`; or let the policy allow it.',
      retryable: true,
      details,
    })
  }
  const concerns = safety.reasons.length === 0 ? '' : ` ${safety.reasons.slice(0, 3).join('. ')}.`
  const message = `Run a bpftrace program for about ${seconds} second${seconds === 1 ? '' : 's'} as root, ${purpose}? It is ${safety.verdict}.${concerns}`
  if (await approve({ message, program })) return
  throw new UserError({ code: 'DECLINED', message: 'The run was declined', hint: 'Nothing was started.', details })
}
