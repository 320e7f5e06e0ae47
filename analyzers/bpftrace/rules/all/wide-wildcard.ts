import { hasWildcard } from '../../cost/probe-load.ts'
import { rule } from '../rule.ts'

/** bpftrace's own default of `max_probes` was 512 until 0.22 and is 1024 since. */
const MANY = 512
const SOME = 100

export default rule({
  code: 'wide-wildcard',
  title: 'Wildcard attaches to very many probes',
  severity: 'warning',
  verdict: 'caution',
  docs: `Attaching takes time and memory for every probe, detaching takes as long, and each of them fires. bpftrace refuses
more than \`max_probes\`. Narrow the pattern, or name the few functions that matter.`,
  bad: 'kprobe:* { @[probe] = count(); }',
  good: 'kprobe:vfs_read,kprobe:vfs_write { @[probe] = count(); }',
  byProbe: true,
  *check(context) {
    for (const { load } of context.estimate.probes) {
      if (!hasWildcard(load.attachPoint)) continue
      if (load.matches === undefined) {
        const everything = load.attachPoint.parts
          .slice(1)
          .every((part) => /^\*?$/.test(part.text) || part.text.includes('/'))
        if (!everything) continue
        yield {
          span: load.attachPoint.span,
          message: `\`${load.attachPoint.text}\` matches everything there is: name what matters`,
        }
      } else if (load.matches >= SOME) {
        yield {
          span: load.attachPoint.span,
          message: `\`${load.attachPoint.text}\` attaches to ${load.matches} probes (${context.kernel.source.description}): narrow the pattern`,
          severity: load.matches > MANY ? 'warning' : 'info',
        }
      }
    }
  },
})
