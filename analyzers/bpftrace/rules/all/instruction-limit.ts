import { releaseNumber } from '../../catalog/kernel-changes.ts'
import { instructions, OLD_PROGRAM_LIMIT, VERIFIED_LIMIT } from '../../cost/instructions.ts'
import { count, probesOf, rule } from '../rule.ts'

const NEW_LIMIT_SINCE = releaseNumber('5.2') ?? 0

export default rule({
  code: 'instruction-limit',
  title: 'Program that the verifier gives up on',
  severity: 'warning',
  verdict: null,
  docs: `Before a program runs the kernel's verifier walks through it, every branch, every round of a \`while\` and every copy
of an \`unroll\`, and gives up after a million instructions; before Linux 5.2 a program had 4096 of them at most. \`for\`
over a range is verified once, whatever its bounds. Use \`for\`, fewer rounds, shorter texts to compare, or two probes.`,
  bad: 'begin { $i = 0; while ($i < 50000) { @[$i] = count(); $i++; } }',
  good: 'begin { for $i : 0..50000 { @[$i] = count(); } }',
  byProbe: true,
  *check(context) {
    const release = releaseNumber(context.kernelRelease)
    const isOld = release !== undefined && release < NEW_LIMIT_SINCE
    for (const probe of probesOf(context)) {
      const { loaded, verified } = instructions(probe)
      const [point] = probe.attachPoints
      if (point === undefined) continue
      if (isOld && loaded > OLD_PROGRAM_LIMIT) {
        yield {
          span: point.span,
          message: `This probe has about ${count(loaded)} instructions, and Linux ${context.kernelRelease} loads ${OLD_PROGRAM_LIMIT} at most`,
        }
      } else if (verified > VERIFIED_LIMIT) {
        yield {
          span: point.span,
          message: `The verifier has to follow about ${count(verified)} instructions here and gives up after a million: use fewer rounds, or \`for\` over a range`,
        }
      }
    }
  },
})
