/** What the optimizations write, put to the real compilers: they accept every result that this kernel allows. */
import { describe, expect, test } from 'vitest'
import { migrate } from '../../analyzers/bpftrace/migrate/migrate.ts'
import { optimizations } from '../../analyzers/bpftrace/optimize/optimizations.generated.ts'
import { optimize } from '../../analyzers/bpftrace/optimize/optimize.ts'
import { newestVersion } from '../../analyzers/bpftrace/version.ts'
import { createKernelFacts } from '../../services/kernel/kernel-service.ts'
import { requireCompiler } from './compilers.ts'

// Not this machine's: it may have been built without what a rewritten program needs.
const kernel = await createKernelFacts({ source: 'snapshot' })
const examples = optimizations.flatMap(({ name, examples }) => examples.map(({ before }) => [name, before] as const))

describe.each(['0.17', '0.27'])('bpftrace %s', (release) => {
  const compiler = requireCompiler(release)
  const { version } = compiler

  test.each(examples)('%s: %s', { timeout: 30_000 }, async (name, written) => {
    const before = migrate(written, { from: newestVersion, to: version, kernel }).program
    const { program, suggestions } = optimize(before, { bpftrace: version, kernel, cpus: 2 })
    expect(suggestions).toContainEqual(expect.objectContaining({ name, applied: true }))
    expect(program).not.toBe(before)
    // 0.17 compiles direct probes only where the kernel can attach them.
    if (/^k(ret)?func:/m.test(program) && !(await compiler.check('kfunc:vfs_read { }')).accepted) return
    const { accepted, stderr } = await compiler.check(program)
    expect(accepted ? '' : `${program}\n${stderr}`).toBe('')
  })
})
