import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../test/setup/fast-check.ts'
import { nearest } from './nearest.ts'
import { typoCost } from './typo-cost.ts'

describe('the nearest name', () => {
  const functions = ['do_nanosleep', 'tcp_recvmsg', 'tcp_sendmsg', 'vfs_read', 'vfs_readv', 'vfs_write']

  test.each([
    ['vfs_raed', 'vfs_read'],
    ['vfsread', 'vfs_read'],
    ['read_vfs', 'vfs_read'],
    ['VFS_WRITE', 'vfs_write'],
    ['vfs_wriet', 'vfs_write'],
    ['tcp_sendmgs', 'tcp_sendmsg'],
    ['tcp_senfmsg', 'tcp_sendmsg'],
    ['sendmsg_tpc', 'tcp_sendmsg'],
    ['do_nannosleep', 'do_nanosleep'],
  ])('to %s is %s', (written, meant) => {
    expect(nearest(written, functions)?.name).toBe(meant)
  })

  test.each(['x', 'foo', 'schedule', 'something_else_entirely'])('to %s is none', (written) => {
    expect(nearest(written, functions)).toBeUndefined()
  })

  test('of equally near ones is the one that people write', () => {
    expect(nearest('xid', ['gid', 'tid', 'uid'], { common: ['tid'] })?.name).toBe('tid')
  })

  test('is never the word itself', () => {
    expect(nearest('vfs_read', functions)?.name).toBe('vfs_readv')
  })

  test('a cost is none for the same word and never negative, and a limit only cuts it off', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc_-XY9'), maxLength: 12 })
    fc.assert(
      fc.property(word, word, fc.double({ min: 0, max: 6, noNaN: true }), (written, meant, limit) => {
        const cost = typoCost(written, meant, 1000)
        expect(cost === 0).toBe(written === meant)
        const limited = typoCost(written, meant, limit)
        expect(limited === cost || (limited === Number.POSITIVE_INFINITY && cost > limit) || limited >= limit).toBe(
          true,
        )
      }),
      runs(300),
    )
  })
})
