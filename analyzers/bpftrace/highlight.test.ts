import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight } from './highlight.ts'
import { inspect } from './inspect.ts'
import { noKernelFacts } from './no-kernel-facts.ts'
import { newestVersion } from './version.ts'

const pieces = (source: string) =>
  highlight(inspect(source, { bpftrace: newestVersion, kernel: noKernelFacts }).context)

test('each kind of word is told from the others', () => {
  const source =
    '// Who?\nkprobe:vfs_read /pid == 7/ { @n[comm] = count(); if ($x) { printf("%d\\n", 1); } }\nbegin { }\n'
  const kinds = new Map(pieces(source).map(({ text, kind }) => [text.trim(), kind]))
  expect(Object.fromEntries(kinds)).toMatchObject({
    '// Who?': 'comment',
    'kprobe:vfs_read': 'probe',
    7: 'number',
    '@n': 'variable',
    count: 'function',
    if: 'keyword',
    $x: 'variable',
    printf: 'function',
    '"%d\\n"': 'string',
    begin: 'probe',
  })
})

test('the pieces join to the program, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'kp:x/{}@$"1 ;\n/*#'), maxLength: 60 }), (source) => {
      expect(
        pieces(source)
          .map(({ text }) => text)
          .join(''),
      ).toBe(source)
    }),
  )
})
