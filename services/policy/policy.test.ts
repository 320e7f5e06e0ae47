import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { decideRun, policyFile, readPolicy } from './policy.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'policy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function policy(content: unknown) {
  const file = path.join(folder, 'policy.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return readPolicy(file)
}

const plain = (verdict: 'safe' | 'caution' | 'dangerous', needsUnsafe = false) => ({ verdict, needsUnsafe })

test('TRACEWRIGHT_POLICY names the file, else it lies in the home', () => {
  expect(policyFile('/home', {})).toBe('/home/policy.json')
  expect(policyFile('/home', { TRACEWRIGHT_POLICY: '/etc/policy.json' })).toBe('/etc/policy.json')
})

describe('without a file', () => {
  const defaults = readPolicy(path.join(folder, 'none.json'))
  test('a person is asked, and what is dangerous does not run', () => {
    expect(decideRun(defaults, plain('safe'))).toBe('ask')
    expect(decideRun(defaults, plain('caution'))).toBe('ask')
    expect(decideRun(defaults, plain('dangerous'))).toBe('deny')
    expect(decideRun(defaults, plain('safe', true))).toBe('deny')
    expect(defaults.max_duration_s).toBe(60)
  })
})

describe('a file', () => {
  test('changes the rows it names', () => {
    const own = policy({ run: { safe: 'allow' }, max_duration_s: 5 })
    expect(decideRun(own, plain('safe'))).toBe('allow')
    expect(decideRun(own, plain('caution'))).toBe('ask')
    expect(own.max_duration_s).toBe(5)
  })

  test('of two rows the stricter one wins', () => {
    const own = policy({ run: { safe: 'allow', dangerous: 'deny', unsafe: 'ask' } })
    expect(decideRun(own, plain('safe', true))).toBe('ask')
    expect(decideRun(own, plain('dangerous', true))).toBe('deny')
  })

  test.each([
    ['not JSON', '{'],
    ['another word', { run: { safe: 'perhaps' } }],
    ['another row', { run: { save: 'allow' } }],
    ['no time', { max_duration_s: 0 }],
  ])('that cannot be understood is an error: %s', (_, content) => {
    expect(() => policy(content)).toThrow(expect.objectContaining({ code: 'BAD_POLICY' }))
  })
})
