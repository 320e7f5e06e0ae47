import { count, hotProbes, rule } from '../rule.ts'

export default rule({
  code: 'hot-probe',
  title: 'Very hot probe without a predicate',
  severity: 'warning',
  verdict: 'caution',
  docs: `Probes such as context switches, system call entry, kernel allocations and locks fire many thousands of times a
second on every CPU. Each event runs the whole action. A predicate (\`/pid == $1/\`) lets almost all of them end after a
few nanoseconds; a narrower probe avoids them altogether.`,
  bad: 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }',
  good: 'tracepoint:raw_syscalls:sys_enter /pid == $1/ { @[comm] = count(); }',
  *check(context) {
    for (const { load, probe, cpuPct, attachCpuPct } of hotProbes(context)) {
      if (probe.predicate !== null) continue
      const what = load.what === undefined ? '' : ` (${load.what})`
      yield {
        span: load.attachPoint.span,
        message: `\`${load.attachPoint.text}\` fires about ${count(load.eventsPerSecond)} times a second${what}, some ${(cpuPct + attachCpuPct).toFixed(1)} % of a CPU: filter with a predicate, or run it briefly`,
        severity: cpuPct + attachCpuPct >= 1 ? 'warning' : 'info',
      }
    }
  },
})
