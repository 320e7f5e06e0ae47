import { lazy } from '../../../shared/lazy.ts'
import type { Fix } from '../../diagnostic.ts'
import type { Probe } from '../../syntax/ast.ts'
import { hotProbes, isFiltered, nextParameter, often, rule } from '../rule.ts'

export default rule({
  code: 'hot-probe',
  title: 'Very hot probe without a predicate',
  severity: 'warning',
  verdict: 'caution',
  docs: `Probes such as context switches, system call entry, kernel allocations and locks fire many thousands of times a
second on every CPU. Each event runs the whole action. A predicate (\`/pid == $1/\`) lets almost all of them end after a
few nanoseconds; a narrower probe avoids them altogether. A predicate that nearly every event passes is as good as none.`,
  bad: 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }',
  good: 'tracepoint:raw_syscalls:sys_enter /pid == $1/ { @[comm] = count(); }',
  acrossProbes: true,
  *check(context) {
    const parameter = lazy(() => nextParameter(context.tree.source))
    for (const each of hotProbes(context)) {
      const { load, probe, cpuPct, attachCpuPct } = each
      if (isFiltered(each)) continue
      const what = load.what === undefined ? '' : ` (${load.what})`
      const cpu = cpuPct + attachCpuPct
      yield {
        span: load.attachPoint.span,
        message: `\`${load.attachPoint.text}\` fires ${often(each, load.eventsPerSecond, context.estimate.cpus)}${what}, some ${cpu.toFixed(1)} % of a CPU: filter with a predicate, or run it briefly`,
        severity: cpu >= 1 ? 'warning' : 'info',
        fixes: fixesOf(probe, parameter),
      }
    }
  },
})

function fixesOf(probe: Probe, parameter: () => string): Fix[] {
  const end = probe.attachPoints.at(-1)?.span.end
  if (probe.predicate !== null || end === undefined) return []
  const predicate = `/pid == ${parameter()}/`
  return [
    {
      title: `Only one process: add \`${predicate}\``,
      edits: [{ span: { start: end, end }, newText: ` ${predicate}` }],
      safe: false,
    },
  ]
}
