import { type MissingTarget, missingTarget } from '../../spelling/probes.ts'
import { probesOf, rule } from '../rule.ts'

export default rule({
  code: 'probe-unknown',
  title: 'Probe that the kernel or program does not have',
  severity: 'warning',
  verdict: null,
  docs: `The compiler takes any name here; only attaching shows that the tracepoint, function or static probe does not exist,
and then nothing is traced or the program ends. On this machine's kernel and files every missing name is reported. With the
bundled snapshot, which stands in for a kernel that is not at hand, only a name that is nearly one of its own.`,
  bad: 'tracepoint:sched:sched_swich { @ = count(); }',
  good: 'tracepoint:sched:sched_switch { @ = count(); }',
  example: { tracepoints: ['sched:sched_switch'] },
  byProbe: true,
  *check(context) {
    for (const probe of probesOf(context)) {
      for (const point of probe.attachPoints) {
        const missing = missingTarget(context, point)
        if (missing === undefined) continue
        const { span, meant } = missing
        yield {
          span,
          message: messageOf(missing, context.kernel.source),
          fixes: meant
            ? [
                {
                  title: `Replace with \`${meant.text}\``,
                  edits: [{ span: meant.span, newText: meant.text }],
                  safe: false,
                },
              ]
            : [],
        }
      }
    }
  },
})

function messageOf(
  { what, name, file, certain, meant }: MissingTarget,
  source: { readonly kind: string; readonly kernel: string },
): string {
  const release = source.kernel === '' ? '' : ` ${source.kernel}`
  const owner =
    file ?? (source.kind === 'live' && certain ? `This machine's Linux${release}` : `The bundled Linux${release}`)
  const said = what === 'file' ? `There is no file \`${name}\`` : `${owner} has no ${what} \`${name}\``
  return meant === undefined ? said : `${said}; did you mean \`${meant.text}\`?`
}
