/** How names and paths of a profile are read: tables of what goes in and what comes out. */
import { describe, expect, test } from 'vitest'
import { packageName } from './package-name.ts'
import { baseName, cleanPath } from './paths.ts'
import { simplifiedName } from './prune.ts'
import { compileTagFilter } from './tag-filter.ts'
import { areComparable, scale } from './units.ts'

test.each([
  ['', ''],
  ['/a/b.go', '/a/b.go'],
  ['/a//b/./c/../d.go', '/a/b/d.go'],
  ['a/../../b', '../b'],
  ['/..', '/'],
  ['./', '.'],
  ['a/', 'a'],
  ['/proc/self/cwd/pkg/x.go', 'pkg/x.go'],
  ['/proc/self/cwd/./pkg/x.go', 'pkg/x.go'],
  ['node:internal/timers', 'node:internal/timers'],
])('the path %j is spelled %j', (path, clean) => {
  expect(cleanPath(path)).toBe(clean)
})

test.each([
  ['/usr/lib/libm.so.6', 'libm.so.6'],
  ['[vdso]', '[vdso]'],
  ['/a/b/', 'b'],
  ['/', '/'],
])('the last part of %s', (path, base) => {
  expect(baseName(path)).toBe(base)
})

test.each([
  ['example.com/a/b.(*T).M', 'example.com/a/b'],
  ['main.main', 'main'],
  ['main.main.func1', 'main'],
  ['gopkg.in/yaml%2ev3.(*parser).parse', 'gopkg.in/yaml.v3'],
  ['example.com/m.Map[go.shape.int].func1', 'example.com/m'],
  ['std::vec::Vec<T>::push', 'std'],
  ['<alloc::vec::Vec<T> as core::ops::Drop>::drop', 'alloc'],
  ['(anonymous namespace)::run', ''],
  ['com.acme.shop.Order.total', 'com.acme.shop'],
  ['memcpy', ''],
])('%s is in package %j', (name, expected) => {
  expect(packageName(name)).toBe(expected)
})

test.each([
  ['main.f', 'main.f'],
  ['.f', 'f'],
  ['f(int, char)', 'f'],
  ['(anonymous namespace)::f(int)', '(anonymous namespace)::f'],
  ['T::operator()(int)', 'T::operator()'],
])('%s without arguments', (name, expected) => {
  expect(simplifiedName(name)).toBe(expected)
})

describe('units', () => {
  test.each([
    [1, 'seconds', 'milliseconds', 1000, 'ms'],
    [1536, 'bytes', 'auto', 1.5, 'kB'],
    [-1536, 'bytes', 'auto', -1.5, 'kB'],
    [5, 'count', 'auto', 5, ''],
    [5, 'widgets', 'gadgets', 5, 'gadgets'],
    [2, 'kb', 'nanoseconds', 2048, 'B'],
    [90, 'min', 'seconds', 90, 'seconds'],
  ])('%d %s in %s', (value, from, to, scaled, unit) => {
    expect(scale(value, from, to)).toEqual({ value: scaled, unit })
  })

  test('what can be compared', () => {
    expect(areComparable('ns', 'seconds')).toBe(true)
    expect(areComparable('widgets', 'widgets')).toBe(true)
    expect(areComparable('bytes', 'seconds')).toBe(false)
  })
})

describe('tag filters', () => {
  const units = new Map([['size', 'bytes']])
  const text = (key: string, value: string) => ({ key, text: value, number: 0n, unit: '' })
  const size = (number: bigint) => ({ key: 'size', text: null, number, unit: 'bytes' })

  test.each([
    ['tenant=alpha', [text('tenant', 'alpha-1')], true],
    ['tenant=^alpha$', [text('tenant', 'alpha-1')], false],
    ['tenant=x,alpha', [text('tenant', 'alpha')], true],
    ['tenant=alpha', [text('other', 'alpha')], false],
    ['tenant:alpha', [text('tenant', 'alpha')], true],
    ['alpha,eu', [text('tenant', 'alpha'), text('region', 'eu')], true],
    ['alpha,us', [text('tenant', 'alpha'), text('region', 'eu')], false],
    ['tenant=', [text('tenant', 'anything')], true],
    ['1kb', [size(1024n)], true],
    ['1kb', [size(1025n)], false],
    ['1kb:', [size(1025n)], true],
    [':1kb', [size(1025n)], false],
    ['size=1kb:2kb', [size(2048n)], true],
    ['other=1kb:2kb', [size(2048n)], false],
    ['size=1s:', [size(2048n)], false],
    ['conn-1', [text('connector', 'conn-1')], true],
  ])('%s', (filter, labels, expected) => {
    expect(compileTagFilter(filter, units)(labels)).toBe(expected)
  })

  test('a part that is no expression is refused', () => {
    expect(() => compileTagFilter('tenant=(', units)).toThrow('not a regular expression')
  })
})
