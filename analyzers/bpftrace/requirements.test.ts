import { expect, test } from 'vitest'
import { requirementsOf } from './requirements.ts'
import { parse } from './syntax/parse.ts'
import { newestVersion } from './version.ts'

const needs = (program: string) => requirementsOf(parse(program), newestVersion)

test('nothing special needs nothing special', () => {
  expect(needs('BEGIN { exit(); }')).toMatchObject({ unsafe: [], config: [] })
})

test('the newest thing that is named decides on the version', () => {
  const old = Number(needs('BEGIN { printf("x"); }').bpftrace.split('.')[1])
  const young = Number(needs('BEGIN { @ = tseries(1, 1s, 5); }').bpftrace.split('.')[1])
  expect(young).toBeGreaterThan(old)
})

test('probe types bring kernel options and a kernel version', () => {
  const { config, kernel } = needs('kprobe:vfs_read { @ = count(); }')
  expect(config).toContain('CONFIG_KPROBES')
  expect(kernel).toMatch(/^\d+\.\d+/)
})

test('what needs --unsafe is named with its place', () => {
  const program = 'BEGIN { system("ls"); }'
  const [use, ...more] = needs(program).unsafe
  expect(more).toEqual([])
  expect(use?.what).toBe('system()')
  expect(program.slice(use?.span.start, use?.span.end)).toBe('system')
  expect(needs('kprobe:0xffffffff81000000 { @ = count(); }').unsafe).toHaveLength(1)
  expect(needs('kprobe:vfs_read { @ = count(); }').unsafe).toEqual([])
})

test('any text has requirements', () => {
  for (const text of ['', '{', 'system(', 'BEGIN { system( ', '\0']) expect(needs(text).bpftrace).toMatch(/^\d+\.\d+/)
})
