/** How names and paths of a profile are read: tables of what goes in and what comes out. */
import { describe, expect, test } from 'vitest'
import { packageName, packageOf } from './package-name.ts'
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
  ['log@@GLIBC_2.29', ''],
  ['memcpy@plt', ''],
  ['foo.part.0', ''],
  ['work.constprop.0.isra.1', ''],
  ['operator new(unsigned long)', ''],
  ['void work<int>(int)', ''],
  ['std::vector<int, std::allocator<int> >::push_back(int const&)', 'std'],
  ['void std::sort<int*>(int*, int*)', 'std'],
  ['std::enable_if<true, int>::type ns::f<int>(int)', 'ns'],
  ['decltype(auto) std::visit<a::b>(a::b&&)', 'std'],
  ['ns::run(int)::{lambda(int)#1}::operator()(int) const', 'ns'],
  ['main::{lambda()#1}::operator()() const', 'main'],
  ['ns::(anonymous namespace)::f(int)', 'ns'],
  ['ns::T::operator bool() const', 'ns'],
  ['ns::operator<<(std::ostream&, ns::T const&)', 'ns'],
  ['non-virtual thunk to ns::T::f()', 'ns'],
  ['vtable for ns::T', 'ns'],
  ['absl::lts_2023::Mutex::Lock()', 'absl'],
  ['core::fmt::write', 'core'],
  ['<&T as core::fmt::Debug>::fmt', 'core'],
  ['<[T] as alloc::slice::Concat<T>>::concat', 'alloc'],
  ['<dyn core::any::Any>::type_id', 'core'],
  ['<impl core::fmt::Display for shop::Order>::fmt', 'shop'],
  ['tokio::runtime::task::raw::poll::h0123456789abcdef', 'tokio'],
  ['java.lang.Thread.run', 'java.lang'],
  ['java.lang.Object.<init>', 'java.lang'],
  ['com/acme/shop/Order.total', 'com.acme.shop'],
  ['Lcom/acme/shop/Order;::total', 'com.acme.shop'],
  ['com.acme.Shop$$Lambda$12/0x0000000800c03000.run', 'com.acme'],
  ['Order.total', ''],
  ['System.Collections.Generic.List`1.Add', 'System.Collections.Generic'],
  ['requests.sessions.Session.get', 'requests.sessions'],
  ['<module>', ''],
  ['(anonymous)', ''],
  ['(garbage collector)', ''],
  ['processTicksAndRejections', ''],
  ['lists:map/2', 'lists'],
  ['App\\Shop\\Order::total', 'App\\Shop'],
  ['-[NSString length]', ''],
  ['gopkg.in/yaml.v3.Unmarshal', 'gopkg.in/yaml.v3'],
  ['github.com/a/b/v2.(*T).run-fm', 'github.com/a/b/v2'],
  ['type:.eq.example.com/a.T', 'example.com/a'],
  ['type..hash.[3]string', ''],
  ['runtime.mallocgc', 'runtime'],
  ['net/http.(*conn).serve', 'net/http'],
  ['example.com/m.Map[example.com/x.T,go.shape.string].func1', 'example.com/m'],
  ['_cgo_release_context', ''],
])('%s is in package %j', (name, expected) => {
  expect(packageName(name)).toBe(expected)
})

test.each([
  [{ name: 'get', file: '/app/node_modules/@scope/pkg/lib/x.js' }, '@scope/pkg'],
  [{ name: 'Module._load', file: 'node:internal/modules/cjs/loader' }, 'node'],
  [{ name: 'get', file: '/usr/lib/python3/site-packages/requests/api.py' }, 'requests'],
  [{ name: 'Order.total', file: '/app/src/order.ts' }, 'src'],
  [{ name: 'memcpy', file: '', mapping: '/usr/lib/libc.so.6' }, 'libc.so.6'],
  [{ name: 'log@@GLIBC_2.29', file: '', mapping: '/usr/lib/libm.so.6' }, 'libm.so.6'],
  [{ name: 'runtime.mallocgc', file: '/go/src/runtime/malloc.go', mapping: '/bin/x' }, 'runtime'],
])('%j is of package %s', (frame, expected) => {
  expect(packageOf({ mapping: '', ...frame })).toBe(expected)
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
