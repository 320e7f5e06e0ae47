import { describe, expect, it } from 'vitest'
import { UserError } from '../shared/user-error.ts'
import { atLeast, compareVersions, formatVersion, judgedVersion, parseVersion, requireVersion } from './version.ts'

describe('parseVersion', () => {
  it.each([
    ['0.27', '0.27.0'],
    ['0.27.1', '0.27.1'],
    ['v0.17.0', '0.17.0'],
    ['bpftrace v0.23.2', '0.23.2'],
    ['0.24.0-rc1', '0.24.0'],
  ])('reads %s', (text, expected) => {
    const version = parseVersion(text)
    expect(version && formatVersion(version)).toBe(expected)
  })

  it.each(['', '27', 'x', '0.27.1.2', '0.99999999', '0.27; rm'])('refuses %j', (text) => {
    expect(parseVersion(text)).toBeUndefined()
    expect(() => requireVersion(text)).toThrow(UserError)
  })
})

it('orders by number, not by text', () => {
  const versions = ['0.27.1', '0.9.4', '0.27', '0.17.0'].map(requireVersion).sort(compareVersions)
  expect(versions.map(formatVersion)).toEqual(['0.9.4', '0.17.0', '0.27.0', '0.27.1'])
  expect(atLeast(requireVersion('0.9.4'), '0.20')).toBe(false)
})

describe('judgedVersion', () => {
  it('takes known versions as they are', () => {
    expect(judgedVersion(requireVersion('0.17.0'))).toEqual({ version: requireVersion('0.17.0') })
    expect(judgedVersion(requireVersion('0.27.9')).notice).toBeUndefined()
  })
  it('judges a newer one as the newest, with a notice', () => {
    const { version, notice } = judgedVersion(requireVersion('0.31'))
    expect(formatVersion(version)).toBe('0.27.1')
    expect(notice).toMatch(/0\.31\.0 is newer/)
  })
  it('judges an older one as the oldest, with a notice', () => {
    expect(judgedVersion(requireVersion('0.8')).notice).toMatch(/older/)
  })
})
