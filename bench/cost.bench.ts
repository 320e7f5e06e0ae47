/**
 * The CPU of the cost model beside the kernel's own account of BPF programs: real programs run for some seconds under a
 * small load, and the estimate is given the rates that were measured. Run as root.
 */
import { availableParallelism } from 'node:os'
import { inspect } from '../analyzers/bpftrace/inspect.ts'
import { newestVersion } from '../analyzers/bpftrace/version.ts'
import { ensureTrees } from '../scripts/shared/debian-trees.ts'
import { createKernelFacts } from '../services/kernel/kernel-service.ts'
import { measure, programs, startLoad } from '../test/measure-program.ts'

const SECONDS = 5
const NS_PER_SECOND = 1e9
const PERCENT = 100

await ensureTrees()
const kernel = await createKernelFacts({ source: 'live' })
const options = { bpftrace: newestVersion, kernel, cpus: availableParallelism() }
const stopLoad = startLoad()
console.log('| program | events/s | CPU % estimated | CPU % accounted | ratio |')
console.log('| --- | ---: | ---: | ---: | ---: |')
try {
  for (const [name, program] of Object.entries(programs)) {
    const { probes } = await measure('sid', program, SECONDS)
    const { probes: expected } = inspect(program, options).assessment.estimate
    const rates = Object.fromEntries(expected.map(({ load }, i) => [load.attachPoint.text, probes[i]?.perSecond ?? 0]))
    const { cpuPct } = inspect(program, { ...options, rates }).assessment.estimate
    const accounted = (probes.reduce((sum, each) => sum + each.nsPerSecond, 0) / NS_PER_SECOND) * PERCENT
    const events = probes.reduce((sum, each) => sum + each.perSecond, 0)
    console.log(
      `| ${name} | ${events.toFixed(0)} | ${cpuPct.toFixed(3)} | ${accounted.toFixed(3)} | ${(cpuPct / accounted).toFixed(2)} |`,
    )
  }
} finally {
  stopLoad()
}
