import { describe, expect, test } from 'vitest'
import type { Policy } from '../../services/policy/policy.ts'
import { approveRun } from './approve-run.ts'

const safety = { verdict: 'caution' as const, needsUnsafe: false, reasons: ['It is hot'] }
const planned = { program: 'kprobe:f { @ = count(); }', purpose: 'to count', seconds: 1, safety }

function withPolicy(caution: 'allow' | 'ask' | 'deny', max = 60) {
  const policy: Policy = {
    capture: { allow: [] },
    run: { safe: 'ask', caution, dangerous: 'deny', unsafe: 'deny' },
    max_duration_s: max,
  }
  return { policy: () => policy }
}

describe('what the policy allows', () => {
  test('runs unasked', async () => {
    await expect(approveRun(withPolicy('allow'), planned, {})).resolves.toBeUndefined()
  })
  test('but not for longer than it says', async () => {
    await expect(approveRun(withPolicy('allow', 0.5), planned, {})).rejects.toMatchObject({ code: 'POLICY_DENIED' })
  })
})

test('what it denies does not run, whoever says yes', async () => {
  await expect(approveRun(withPolicy('deny'), planned, { approve: async () => true })).rejects.toMatchObject({
    code: 'POLICY_DENIED',
  })
})

describe('what a person has to decide', () => {
  test('runs on a yes, after the program and what speaks against it were shown', async () => {
    const asked: string[] = []
    const approve = async ({ message, program }: { message: string; program: string }) => {
      asked.push(message, program)
      return true
    }
    await approveRun(withPolicy('ask'), planned, { approve })
    expect(asked[0]).toContain('It is hot')
    expect(asked[1]).toBe(planned.program)
  })
  test('does not run on a no', async () => {
    await expect(approveRun(withPolicy('ask'), planned, { approve: async () => false })).rejects.toMatchObject({
      code: 'DECLINED',
    })
  })
  test('is shown where nobody can be asked', async () => {
    await expect(approveRun(withPolicy('ask'), planned, {})).rejects.toMatchObject({
      code: 'approval_required',
      details: { program: planned.program, verdict: 'caution', duration_s: 1 },
    })
  })
})
