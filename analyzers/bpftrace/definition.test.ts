import { expect, test } from 'vitest'
import { definitionAt } from './definition.ts'
import { fixture } from './testing/context.ts'

/** The lines of the program with the definition in brackets. */
function definition(marked: string): string[] {
  const { context, offset, source } = fixture(marked)
  return definitionAt(context, offset).map(({ start, end }) => {
    const lineStart = source.lastIndexOf('\n', start - 1) + 1
    const lineEnd = source.indexOf('\n', end)
    const line = source.slice(lineStart, lineEnd < 0 ? source.length : lineEnd)
    return `${line.slice(0, start - lineStart)}[${source.slice(start, end)}]${line.slice(end - lineStart)}`
  })
}

test.each([
  ['a map goes to its first write', 'BEGIN { @a = 1; }\nEND { print(@a$0); }', ['BEGIN { [@a] = 1; }']],
  ['or to its declaration', 'let @a = hash(2);\nBEGIN { @a$0[1] = 1; }', ['let [@a] = hash(2);']],
  ['a variable', 'BEGIN { let $x = 1;\nprint($x$0); }', ['BEGIN { let [$x] = 1;']],
  [
    'a macro, all its forms',
    'macro f(x) { x }\nmacro f(x, y) { x }\nBEGIN { f$0(1); }',
    ['macro [f](x) { x }', 'macro [f](x, y) { x }'],
  ],
  ['a C struct', 'struct s { int a; };\nBEGIN { $p = (struct s$0 *)0; }', ['struct [s] { int a; };']],
  [
    'a field of it',
    'struct s { int a; char b[4]; };\nBEGIN { $p = (struct s *)0; print($p->b$0); }',
    ['struct s { int a; char [b][4]; };'],
  ],
  ['an enumerator and a constant', '#define N 1\nBEGIN { print(N$0); }', ['#define [N] 1']],
  ['a builtin has none', 'BEGIN { print(co$0mm); }', []],
])('%s', (_, source, expected) => {
  expect(definition(source)).toEqual(expected)
})
