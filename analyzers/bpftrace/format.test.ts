import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../test/setup/fast-check.ts'
import { UserError } from '../shared/user-error.ts'
import { format, formattingEdits } from './format.ts'
import { parse } from './syntax/parse.ts'

const everything = readFileSync('test/fixtures/parser/ok/everything.bt', 'utf8')

/** Tokens and comments of a program, which formatting may not touch. */
function significant(source: string): readonly string[] {
  return parse(source)
    .tokens.filter(({ kind }) => kind !== 'blank')
    .map(({ start, end }) => source.slice(start, end).trimEnd())
}

function expectSafe(source: string): void {
  const { text } = format(source)
  expect(significant(text)).toEqual(significant(source))
  expect(format(text)).toEqual({ text, changed: false })
}

/** The body of `BEGIN`, formatted, without its indentation. */
function body(text: string): string {
  const lines = format(`BEGIN { ${text} }`).text.split('\n')
  return lines
    .slice(2, -2)
    .map((line) => line.slice(2))
    .join('\n')
}

describe('probes', () => {
  test('have one attach point, the predicate and the brace on a line each', () => {
    expect(format('kprobe:a,kprobe:b /pid==1/{exit()} END{}').text).toBe(
      'kprobe:a,\nkprobe:b\n/pid == 1/\n{\n  exit()\n}\n\nEND\n{}\n',
    )
  })
})

describe('statements', () => {
  test.each([
    ['$a=1;$b=$a+2;', '$a = 1;\n$b = $a + 2;'],
    ['if($a){f();}else if $b{g();}else{}', 'if ($a) {\n  f();\n} else if $b {\n  g();\n} else {}'],
    ['for($k:@m){print($k.0);}', 'for ($k : @m) {\n  print($k.0);\n}'],
    ['for $i:0..5{}', 'for $i : 0..5 {}'],
    ['unroll(3){f();}while(1){break}', 'unroll (3) {\n  f();\n}\nwhile (1) {\n  break\n}'],
    ['let $x:uint8=5;_=f();', 'let $x : uint8 = 5;\n_ = f();'],
    ['$v=if(1){10}else{20};', '$v = if (1) { 10 } else { 20 };'],
    ['$p=(struct S *)arg0;$q=(uint8 * *)$p;', '$p = (struct S*)arg0;\n$q = (uint8**)$p;'],
    ['@[pid,comm]=count();@a++;--$b;', '@[pid, comm] = count();\n@a++;\n--$b;'],
    ['$c=$a?1:$b ?: 3;', '$c = $a ? 1 : $b ?: 3;'],
    ['$r=(a = 1,b=2);$t=(1,);', '$r = (a=1, b=2);\n$t = (1,);'],
  ])('%s', (text, expected) => {
    expect(body(text)).toBe(expected)
  })

  test('keep one empty line between them', () => {
    expect(body('\n\n f();\n\n\n\n g();\n\n')).toBe('f();\n\ng();')
  })

  test('are broken when they are too long', () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => `$a_rather_long_name_${name}`)
    expect(body(`printf("%d %d %d %d %d %d\\n", ${names.join(', ')});`)).toBe(
      [
        'printf("%d %d %d %d %d %d\\n",',
        '       $a_rather_long_name_one, $a_rather_long_name_two, $a_rather_long_name_three,',
        '       $a_rather_long_name_four, $a_rather_long_name_five, $a_rather_long_name_six);',
      ].join('\n'),
    )
    expect(body(`if (${names.join(' && ')}) { }`).split('\n')).toHaveLength(6)
  })
})

describe('signs that would run together stay apart', () => {
  test.each(['$a = - -$b;', '$a = $b - -1;', '$a = $b & &$c;', '$a = !!$b;', '$a = $b + ++$c;'])('%s', (text) => {
    expect(body(text)).toBe(text)
  })

  test('in a predicate that begins with a dereference', () => {
    expect(format('kprobe:f / *$a == 1 / { }').text).toBe('kprobe:f\n/ *$a == 1/\n{}\n')
  })
})

describe('comments', () => {
  test.each([
    ['// first\nBEGIN { }\n// last\n', '// first\nBEGIN\n{}\n// last\n'],
    [
      'BEGIN { // behind\n f(); // after\n // own\n g(); /* in */ h();\n}',
      'BEGIN\n{ // behind\n  f(); // after\n  // own\n  g();\n  /* in */ h();\n}\n',
    ],
    ['BEGIN { f(1, // one\n 2); }', 'BEGIN\n{\n  f(1, // one\n    2);\n}\n'],
    ['BEGIN { /* nothing */ }', 'BEGIN\n{\n  /* nothing */\n}\n'],
    ['/* a  \n   b  */\nBEGIN { }', '/* a  \n   b  */\nBEGIN\n{}\n'],
    ['kprobe:a, // why\nkprobe:b { }', 'kprobe:a, // why\nkprobe:b\n{}\n'],
  ])('stay where they belong: %s', (source, expected) => {
    expect(format(source).text).toBe(expected)
    expectSafe(source)
  })
})

test('C definitions and preprocessor lines keep their text', () => {
  const text = '#include   <a.h>\nstruct   S { int  a; }  ;\n'
  expect(format(`${text}BEGIN{}`).text).toBe('#include   <a.h>\nstruct   S { int  a; };\n\nBEGIN\n{}\n')
})

test('a program with every construct keeps its tokens and is stable', () => {
  expectSafe(everything)
})

test('a program with a syntax error is refused', () => {
  expect(() => format('BEGIN { $a = ; }')).toThrow(UserError)
})

test('an empty program stays empty', () => {
  expect(format('')).toEqual({ text: '', changed: false })
})

test('edits give the formatted text', () => {
  const source = 'BEGIN{exit()}'
  const { text } = format(source)
  const [edit] = formattingEdits(source, text)
  expect(source.slice(0, edit?.span.start) + edit?.newText + source.slice(edit?.span.end)).toBe(text)
  expect(formattingEdits(text, text)).toEqual([])
})

/** Programs with comments and line ends thrown between their tokens. */
const layouts = fc.array(fc.constantFrom('', ' ', '\n', '\n\n\n', ' // c\n', '/* c */', '\n/* c\n c */\n', '\t'), {
  minLength: 40,
  maxLength: 40,
})

test('any layout of a program keeps its tokens and is stable', () => {
  const { tokens } = parse(everything)
  fc.assert(
    fc.property(layouts, fc.nat(30), (gaps, shift) => {
      const program = tokens
        .filter(({ kind }) => kind !== 'shebang' && kind !== 'preprocessor')
        .map(({ kind, start, end }, index) => {
          const text = everything.slice(start, end)
          return kind === 'blank' && index % 3 === 0 ? ` ${gaps[(index + shift) % gaps.length]} ` : text
        })
        .join('')
      if (parse(program).errors.length === 0) expectSafe(program)
    }),
    runs(60),
  )
})
