import { describe, expect, test } from 'vitest'
import { prepareRename, rename } from './rename.ts'
import { fixture } from './testing/context.ts'

function renamed(marked: string, newName: string): string {
  const { context, offset, source } = fixture(marked)
  return [...rename(context, offset, newName)]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), source)
}

function refusal(marked: string, newName = 'other'): string {
  try {
    renamed(marked, newName)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it was not refused')
}

describe('rename', () => {
  test('a map everywhere, with or without its sigil', () => {
    const source = 'BEGIN { @o$0ld[1] = 1; } END { print(@old); clear(@old); }'
    const expected = 'BEGIN { @new[1] = 1; } END { print(@new); clear(@new); }'
    expect(renamed(source, 'new')).toBe(expected)
    expect(renamed(source, '@new')).toBe(expected)
  })

  test('a variable only in its scope', () => {
    expect(renamed('BEGIN { $a$0 = 1; print($a); } END { $a = 2; }', 'b')).toBe(
      'BEGIN { $b = 1; print($b); } END { $a = 2; }',
    )
  })

  test('a macro, its parameter, a struct, a constant', () => {
    expect(renamed('macro f(x) { x } BEGIN { print(f$0(1)); }', 'g')).toBe('macro g(x) { x } BEGIN { print(g(1)); }')
    expect(renamed('macro f(x) { x$0 + 1 }', 'y')).toBe('macro f(y) { y + 1 }')
    expect(renamed('struct s { int a; };\nBEGIN { $p = (struct s$0 *)0; }', 't')).toContain('struct t { int a; };')
    expect(renamed('#define N 4\nstruct s { int a[N$0]; };\nBEGIN { print(N); }', 'M')).toContain(
      'a[M]; };\nBEGIN { print(M)',
    )
  })

  test.each([
    ['BEGIN { print(co$0mm); }', '`comm` is a builtin of bpftrace'],
    ['BEGIN { pri$0nt(1); }', '`print` is a function of bpftrace'],
    ['BEGIN { print(args.fo$0o); }', '`foo` is a field of a type'],
    ['kprobe:vfs$0_read { }', 'A probe is named by the kernel or the program that has it'],
    ['BEGIN { print($1$0); }', 'Parameters of the command line have no name'],
  ])('what the script does not name is refused: %s', (source, reason) => {
    expect(refusal(source)).toBe(reason)
  })

  test.each([
    ['BEGIN { @a$0 = 1; @b = 2; }', '@b', '`@b` is already the name of a map here'],
    ['BEGIN { $a$0 = 1; }', 'a b', '`$a b` is no name: write letters, digits and _'],
    ['macro f$0() { 1 }', 'while', '`while` is a word of the language'],
    ['macro f$0() { 1 }', 'pid', '`pid` is taken by bpftrace'],
  ])('a name that cannot be taken is refused: %s to %s', (source, name, reason) => {
    expect(refusal(source, name)).toBe(reason)
  })

  test('the whole name is offered for change', () => {
    const { context, offset } = fixture('BEGIN { @cou$0nt = 1; }')
    expect(prepareRename(context, offset)).toEqual({ span: { start: 8, end: 14 }, name: '@count' })
  })
})
