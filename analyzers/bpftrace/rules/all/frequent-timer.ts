import type { Fix } from '../../diagnostic.ts'
import type { AttachPoint } from '../../syntax/ast.ts'
import { count, rule } from '../rule.ts'

const FREQUENT_PER_SECOND = 1000

export default rule({
  code: 'frequent-timer',
  title: 'Timer fires very often',
  severity: 'warning',
  verdict: 'caution',
  docs: `A timer interrupts whatever runs, on every CPU for \`profile\`. 99 times a second shows where time goes within a
minute; a thousand and more disturbs what is measured. An odd rate such as 99 keeps out of step with periodic work.`,
  bad: 'profile:hz:4999 { @[kstack] = count(); }',
  good: 'profile:hz:99 { @[kstack] = count(); }',
  byProbe: true,
  *check(context) {
    for (const { load } of context.estimate.probes) {
      if (load.provider !== 'profile' && load.provider !== 'interval') continue
      const perCpu = load.provider === 'profile' ? load.eventsPerSecond / context.estimate.cpus : load.eventsPerSecond
      if (perCpu <= FREQUENT_PER_SECOND) continue
      yield {
        span: load.attachPoint.span,
        message: `\`${load.attachPoint.text}\` interrupts ${load.provider === 'profile' ? 'every CPU' : 'a CPU'} ${count(perCpu)} times a second: ${load.provider === 'profile' ? '99 or 199 are enough' : 'once a second shows the same'}`,
        fixes: [slower(load.attachPoint, load.provider)],
      }
    }
  },
})

function slower(point: AttachPoint, provider: string): Fix {
  const newText = provider === 'profile' ? 'profile:hz:99' : 'interval:s:1'
  return { title: `Replace with \`${newText}\``, edits: [{ span: point.span, newText }], safe: false }
}
