import { expect, test } from 'vitest'
import { callableAt, callerAt, incomingCalls, outgoingCalls } from './call-hierarchy.ts'
import { fixture } from './testing/context.ts'

const source = `macro one() { 1 }
macro two(x) { one() + x }
fn three($a : int64) : int64 { return two($a); }
kprobe:f /two(1) == 2/ { print(two(1)); print(two(2)); }
`

function at(needle: string) {
  const { context } = fixture(source)
  const callable = callableAt(context, source.indexOf(needle))
  if (!callable) throw new Error(`nothing callable at ${needle}`)
  return { context, callable }
}

const text = (span: { start: number; end: number }) =>
  source.slice(span.start, span.end).split(/[ ({]/).slice(0, 2).join(' ')

test('who calls a macro, and how often', () => {
  const { context, callable } = at('two(x)')
  const calls = incomingCalls(context, callable).map(({ item, places }) => `${text(item.span)} ${places.length}`)
  expect(calls).toEqual(['fn three 1', 'kprobe:f /two 3'])
})

test('what a macro calls', () => {
  const { context, callable } = at('two(x)')
  expect(outgoingCalls(context, callable).map(({ item }) => text(item.span))).toEqual(['macro one'])
})

test('an item is found again by its place', () => {
  const { context, callable } = at('three')
  expect(callerAt(context, callable.span.start)).toBe(callable)
})

test('a builtin cannot be asked', () => {
  const { context } = fixture(source)
  expect(callableAt(context, source.indexOf('print'))).toBeUndefined()
})
