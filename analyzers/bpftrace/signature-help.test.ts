import { expect, test } from 'vitest'
import { signatureHelp } from './signature-help.ts'
import { fixture } from './testing/context.ts'

/** The active signature with its active parameter in brackets. */
function help(marked: string): string | undefined {
  const { context, offset } = fixture(marked)
  const found = signatureHelp(context, offset)
  const signature = found?.signatures[found.active]
  if (!found || !signature) return undefined
  const place = signature.parameters[found.parameter]
  if (!place) return signature.label
  const { start, end } = place
  return `${signature.label.slice(0, start)}[${signature.label.slice(start, end)}]${signature.label.slice(end)}`
}

test.each([
  [
    'the first parameter',
    'BEGIN { @ = lhist($0) }',
    'lhist([n: int64], min: literal, max: literal, step: literal): lhist_t',
  ],
  [
    'a later one',
    'BEGIN { @ = lhist(1, 0, $0) }',
    'lhist(n: int64, min: literal, [max: literal], step: literal): lhist_t',
  ],
  ['the inner call', 'BEGIN { print(ksym($0)) }', 'ksym([addr: uint64]): ksym_t'],
  [
    'the outer call behind the inner one',
    'BEGIN { strncmp(str(arg0), $0) }',
    'strncmp(a: string, [b: string], n: literal): uint64',
  ],
  ['a call that is not closed', 'BEGIN { @ = hist($0', 'hist([n: int64], bits?: literal int): hist_t'],
  ['the overload that has so many', 'BEGIN { print(@a, 5, $0) }', 'print(m: map, top?: uint64, [div?: uint64])'],
  ['a macro of the script', 'macro add(x, y) { x + y }\nBEGIN { add(1, $0) }', 'add(x, [y])'],
  ['a conversion of the format', 'BEGIN { printf("%d: %-10s\\n", pid, $0) }', 'printf("%d: %-10s\\n", %d, [%-10s])'],
  ['sizeof', 'BEGIN { print(sizeof($0)) }', 'sizeof([x: type|expression]): uint64'],
  ['sizeof that is not closed', 'BEGIN { $a = sizeof(struct $0', 'sizeof([x: type|expression]): uint64'],
  [
    'the member of offsetof',
    'BEGIN { print(offsetof(struct task_struct, $0)) }',
    'offsetof(s: struct|expression, [field: identifier]): uint64',
  ],
  ['a call within sizeof', 'BEGIN { print(sizeof(str($0))) }', 'str([data: ptr*], length?: uint64): string'],
  ['behind sizeof', 'BEGIN { strncmp(sizeof(1), $0) }', 'strncmp(a: string, [b: string], n: literal): uint64'],
  ['outside every call', 'BEGIN { print(1); $0 }', undefined],
])('%s', (_, source, expected) => {
  const actual = help(source)
  // Names and types of parameters are the catalog's business; which of them is active is ours.
  const shape = (text: string | undefined) => text?.replace(/[\w?]+: [\w ]+/g, 'p').replace(/\): .*$/, ')')
  expect(shape(actual)).toBe(shape(expected))
})
