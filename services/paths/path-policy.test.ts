import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPathPolicy } from './path-policy.ts'

let root: string
let base: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'paths-')))
  base = path.join(root, 'base')
  mkdirSync(path.join(base, 'sub'), { recursive: true })
  writeFileSync(path.join(base, 'in.pprof'), 'x')
  writeFileSync(path.join(root, 'secret'), 'x')
  mkdirSync(path.join(root, 'base-not'))
  writeFileSync(path.join(root, 'base-not', 'file'), 'x')
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const outside = expect.objectContaining({ code: 'OUTSIDE_BASE_DIR' })
const missing = expect.objectContaining({ code: 'NOT_FOUND' })

describe('with a base directory', () => {
  test('what lies inside is found, relative to it or absolute', () => {
    const policy = createPathPolicy(base)
    expect(policy.existing('in.pprof')).toBe(path.join(base, 'in.pprof'))
    expect(policy.existing(path.join(base, 'sub', '..', 'in.pprof'))).toBe(path.join(base, 'in.pprof'))
    expect(policy.existing('.')).toBe(base)
  })

  test.each(['../secret', '/etc/passwd', '..', 'sub/../../secret', '../base-not/file', '../does-not-exist'])(
    '%s is outside, whether it exists or not',
    (given) => {
      const policy = createPathPolicy(base)
      expect(() => policy.existing(given)).toThrow(outside)
      expect(() => policy.output(given)).toThrow(outside)
    },
  )

  test('a link that leads out is outside, for reading and for writing', () => {
    symlinkSync(path.join(root, 'secret'), path.join(base, 'link'))
    symlinkSync(root, path.join(base, 'up'))
    const policy = createPathPolicy(base)
    expect(() => policy.existing('link')).toThrow(outside)
    expect(() => policy.existing('up/secret')).toThrow(outside)
    expect(() => policy.output('up/new')).toThrow(outside)
    expect(() => policy.output('up/new/deep')).toThrow(outside)
  })

  test('a link whose target does not exist yet may not be written through', () => {
    symlinkSync(path.join(root, 'later'), path.join(base, 'dangling'))
    const policy = createPathPolicy(base)
    expect(() => policy.output('dangling')).toThrow(expect.objectContaining({ name: 'UserError' }))
    expect(() => policy.existing('dangling')).toThrow(expect.objectContaining({ name: 'UserError' }))
  })

  test('a link that stays inside is followed', () => {
    symlinkSync(path.join(base, 'in.pprof'), path.join(base, 'alias'))
    expect(createPathPolicy(base).existing('alias')).toBe(path.join(base, 'in.pprof'))
  })

  test('a base that is itself a link is resolved first', () => {
    symlinkSync(base, path.join(root, 'base-link'))
    const policy = createPathPolicy(path.join(root, 'base-link'))
    expect(policy.existing('in.pprof')).toBe(path.join(base, 'in.pprof'))
  })

  test('a new file gets the real path of its nearest existing parent', () => {
    expect(createPathPolicy(base).output('sub/new/report.md')).toBe(path.join(base, 'sub', 'new', 'report.md'))
  })

  test('links in a circle are an error, not a hang', () => {
    symlinkSync(path.join(base, 'b'), path.join(base, 'a'))
    symlinkSync(path.join(base, 'a'), path.join(base, 'b'))
    expect(() => createPathPolicy(base).existing('a')).toThrow(expect.objectContaining({ code: 'UNREADABLE' }))
  })

  test('a name that begins with two dots is a name', () => {
    writeFileSync(path.join(base, '..name'), 'x')
    expect(createPathPolicy(base).existing('..name')).toBe(path.join(base, '..name'))
  })
})

test('without a base directory any existing file is found, and a missing one is said so', () => {
  const policy = createPathPolicy(undefined)
  expect(policy.existing(path.join(root, 'secret'))).toBe(path.join(root, 'secret'))
  expect(() => policy.existing(path.join(root, 'nothing'))).toThrow(missing)
  expect(() => policy.existing('')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
  expect(() => policy.existing('a\0b')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
})

test('a base directory must exist', () => {
  expect(() => createPathPolicy(path.join(root, 'nowhere'))).toThrow(missing)
})
