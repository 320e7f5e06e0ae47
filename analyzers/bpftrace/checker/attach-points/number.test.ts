import { expect, test } from 'vitest'
import { analyze } from '../../analyze.ts'
import { noKernelFacts } from '../../no-kernel-facts.ts'
import { requireVersion } from '../../version.ts'
import { asCount, readNumber } from './number.ts'

test.each([
  ['10', 10n],
  ['0x1f', 31n],
  ['1e6', 1_000_000n],
  ['+1', 1n],
  ['-1', 0xffff_ffff_ffff_ffffn],
  ['-18446744073709551615', 1n],
  ['18446744073709551616', undefined],
  ['--1', undefined],
  ['-', undefined],
])('%s is read as C reads it', (text, value) => {
  expect(readNumber(text, true)).toBe(value)
})

test('half of the large numbers are negative', () => {
  expect([1n, 2n ** 63n - 1n, 2n ** 63n].map((value) => asCount(value) > 0n)).toEqual([true, true, false])
})

function isRefused(attachPoint: string, version: string): boolean {
  const { diagnostics } = analyze(`${attachPoint} { }`, { bpftrace: requireVersion(version), kernel: noKernelFacts })
  return diagnostics.some(({ severity }) => severity === 'error')
}

test.each([
  ['interval:s:-1', true, false],
  ['interval:s:18446744073709551615', true, false],
  ['profile:hz:-99', true, true],
  ['profile:ms:9223372036854775808', true, true],
  ['software:faults:-1', true, true],
  ['hardware:cache-misses:18446744073709551615', true, true],
  ['interval:s:+1', false, false],
  ['profile:hz:4294967296', false, false],
  ['watchpoint:-5:8:w', false, false],
])('%s: refused by 0.27 %s, by 0.17 %s', (attachPoint, newest, old) => {
  expect([isRefused(attachPoint, '0.27.1'), isRefused(attachPoint, '0.17.0')]).toEqual([newest, old])
})
