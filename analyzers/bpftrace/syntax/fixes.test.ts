import { expect, test } from 'vitest'
import { applyEdits } from '../apply-edits.ts'
import { parse } from './parse.ts'

test.each([
  ['begin { print(1) print(2); }', 'begin { print(1); print(2); }'],
  ['begin { print(1);', 'begin { print(1);}'],
  ['begin { print(1; }', 'begin { print(1); }'],
  ['begin { @a[1 = 2; }', 'begin { @a[1] = 2; }'],
  ['begin { print(1)\n  // next\n  print(2); }', 'begin { print(1);\n  // next\n  print(2); }'],
])('%j is mended', (broken, whole) => {
  const [error] = parse(broken).errors
  expect(applyEdits(broken, error?.fixes[0]?.edits ?? [])).toBe(whole)
  expect(parse(whole).errors).toEqual([])
})

test.each(['begin { prin:(1); }', 'begin { print(reg("{ ', 'begin { @a = 1 "text"; }'])(
  '%j has no punctuation that would mend it',
  (broken) => {
    const [error] = parse(broken).errors
    expect(error?.fixes).toEqual([])
  },
)
