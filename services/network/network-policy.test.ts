import { expect, test } from 'vitest'
import { createNetworkPolicy } from './network-policy.ts'

const strict = createNetworkPolicy([])

test.each(['127.0.0.1', '127.9.9.9', '::1', '8.8.8.8', '2606:4700::1111', '172.32.0.1'])('%s is allowed', (address) => {
  expect(strict.isAllowed(address)).toBe(true)
})

test.each([
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fd12::1',
  'ff02::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:10.0.0.1',
  '64:ff9b::a9fe:a9fe',
  'not an address',
  '',
])('%s is refused', (address) => {
  expect(strict.isAllowed(address)).toBe(false)
})

test('the policy opens the networks it names and no others', () => {
  const policy = createNetworkPolicy(['10.0.0.0/8', '192.168.1.7', 'fd00::/8'])
  expect(policy.isAllowed('10.200.0.1')).toBe(true)
  expect(policy.isAllowed('::ffff:10.200.0.1')).toBe(true)
  expect(policy.isAllowed('192.168.1.7')).toBe(true)
  expect(policy.isAllowed('192.168.1.8')).toBe(false)
  expect(policy.isAllowed('fd00::5')).toBe(true)
  expect(policy.isAllowed('169.254.169.254')).toBe(false)
})

test.each(['10.0.0.0/33', 'example.org', '10.0.0.0/x', '', 'fd00::/129'])('%j in a policy is an error', (network) => {
  expect(() => createNetworkPolicy([network])).toThrow(expect.objectContaining({ code: 'BAD_POLICY' }))
})
