import { expect, test } from 'vitest'
import { inspect } from '../inspect.ts'
import { noKernelFacts } from '../no-kernel-facts.ts'
import { requireVersion } from '../version.ts'

test.each(['0.17', '0.23', '0.27'])('stacks in a key take little of the BPF stack in %s', (version) => {
  const program = 'profile:hz:99 { @[comm, kstack, ustack] = count(); }'
  const { assessment, diagnostics } = inspect(program, { bpftrace: requireVersion(version), kernel: noKernelFacts })
  expect(assessment.estimate.stackBytes).toBeLessThan(100)
  expect(diagnostics.map((each) => each.code)).not.toContain('stack-limit')
})
