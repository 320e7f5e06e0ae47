import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSoak, runs } from '../../../test/setup/fast-check.ts'
import type { Node } from './ast.ts'
import { parse } from './parse.ts'
import { isTrivia, type SyntaxTree, textOf } from './tree.ts'
import { children, pathTo, walk } from './visit.ts'

const everything = readFileSync('test/fixtures/parser/ok/everything.bt', 'utf8')

/** The tree without places: kinds, and the text of what has no children. */
function shape(tree: SyntaxTree, node: Node): string {
  const inner = children(node)
  if (inner.length === 0) return node.kind === 'Missing' ? '?' : textOf(tree, node)
  const operator = 'operator' in node ? ` ${node.operator}` : ''
  return `(${node.kind}${operator} ${inner.map((child) => shape(tree, child)).join(' ')})`
}

/** The shape of the statements in `BEGIN { … }`. */
function statements(text: string): string {
  const tree = parse(`BEGIN { ${text} }`)
  const [probe] = tree.program.items
  if (probe?.kind !== 'Probe') throw new Error('no probe')
  return probe.body.statements.map((statement) => shape(tree, statement)).join(' ')
}

function expression(text: string): string {
  return statements(`$a = ${text};`)
    .replace(/^\(Assignment = \$a /, '')
    .slice(0, -1)
}

function errors(text: string): readonly string[] {
  return parse(text).errors.map(({ message, span }) => `${span.start}: ${message}`)
}

/** What holds for the tree of any text. */
function expectSound(source: string): void {
  const tree = parse(source)
  expect(tree.tokens.map((token) => source.slice(token.start, token.end)).join('')).toBe(source)
  walk(tree.program, (node) => {
    let from = node.span.start
    expect(node.span.start).toBeLessThanOrEqual(node.span.end)
    for (const child of children(node)) {
      expect(child.span.start).toBeGreaterThanOrEqual(Math.min(from, node.span.end))
      expect(child.span.end).toBeLessThanOrEqual(node.span.end)
      from = child.span.start
    }
    if (node.kind !== 'Program' && node.firstToken <= node.lastToken) {
      expect(tree.tokens[node.lastToken]?.end).toBe(node.span.end)
    }
  })
}

describe('expressions', () => {
  test('bind as in C', () => {
    expect(expression('1 + 2 * 3')).toBe('(Binary + 1 (Binary * 2 3))')
    expect(expression('1 - 2 - 3')).toBe('(Binary - (Binary - 1 2) 3)')
    expect(expression('1 | 2 ^ 3 & 4 == 5 < 6 << 7')).toBe(
      '(Binary | 1 (Binary ^ 2 (Binary & 3 (Binary == 4 (Binary < 5 (Binary << 6 7))))))',
    )
    expect(expression('1 && 2 || 3')).toBe('(Binary || (Binary && 1 2) 3)')
    expect(expression('-1 + !2')).toBe('(Binary + (Unary - 1) (Unary ! 2))')
  })

  test('choose to the right', () => {
    expect(expression('1 ? 2 : 3 ? 4 : 5')).toBe('(Conditional 1 2 (Conditional 3 4 5))')
    expect(expression('1 ?: 2')).toBe('(Conditional 1 2)')
  })

  test('access fields, elements and keys', () => {
    expect(expression('args.x->y[1].2')).toBe(
      '(TupleAccess (IndexAccess (FieldAccess -> (FieldAccess . args x) y) 1) 2)',
    )
    expect(expression('@m[1, 2][3]')).toBe('(IndexAccess (MapAccess @m 1 2) 3)')
  })

  test('cast, group, and make tuples and records in parentheses', () => {
    expect(expression('(struct S *)arg0')).toBe('(Cast (PointerType struct S) arg0)')
    expect(expression('(uint8)$x + 1')).toBe('(Binary + (Cast uint8 $x) 1)')
    expect(expression('(name)-1')).toBe('(Cast name (Unary - 1))')
    expect(expression('(pid)-1')).toBe('(Binary - (Parenthesized pid) 1)')
    expect(expression('($x)')).toBe('(Parenthesized $x)')
    expect(expression('(1, 2)')).toBe('(Tuple 1 2)')
    expect(expression('(a=1, b=2)')).toBe('(Record (RecordField a 1) (RecordField b 2))')
    expect(expression('(a==1)')).toBe('(Parenthesized (Binary == a 1))')
  })

  test('ask about types and values alike', () => {
    expect(expression('sizeof(struct S)')).toBe('(Sizeof struct S)')
    expect(expression('sizeof($x + 1)')).toBe('(Sizeof (Binary + $x 1))')
    expect(expression('offsetof(struct S, a.b)')).toBe('(Offsetof struct S a b)')
    expect(expression('(typeof($x))3')).toBe('(Cast (Typeof $x) 3)')
  })

  test.each([
    ['0xff', 255n],
    ['017', 15n],
    ['1_000', 1000n],
    ['1e6', 1_000_000n],
    ['5ms', 5_000_000n],
    ['10ul', 10n],
    ['18446744073709551615', 18446744073709551615n],
  ])('read the number %s', (text, value) => {
    const tree = parse(`BEGIN { print(${text}); }`)
    const found: (bigint | null)[] = []
    walk(tree.program, (node) => {
      if (node.kind === 'IntegerLiteral') found.push(node.value)
    })
    expect(found).toEqual([value])
  })

  test('resolve the escapes of strings', () => {
    const values: string[] = []
    walk(parse(String.raw`BEGIN { print("a\n\t\"\\\x41\101"); }`).program, (node) => {
      if (node.kind === 'StringLiteral') values.push(node.value)
    })
    expect(values).toEqual(['a\n\t"\\AA'])
  })
})

describe('statements', () => {
  test('are assignments, declarations, loops, jumps and expressions', () => {
    expect(statements('$a = 1; @b[2] += 3; let $c : uint8 = 4; _ = f();')).toBe(
      '(Assignment = $a 1) (Assignment += (MapAccess @b 2) 3) (VariableDeclaration $c uint8 4) (Discard (Call f))',
    )
    expect(statements('for ($k : @m) { } for $i : 0..5 { } while ($x) { break; } unroll(3) { continue; }')).toBe(
      '(For $k @m { }) (For $i (Range 0 5) { }) (While $x (Block break;)) (Unroll 3 (Block continue;))',
    )
    expect(statements('if ($a) { } else if $b { } else { f() }')).toBe(
      '(ExpressionStatement (If $a { } (If $b { } (Block (Call f)))))',
    )
    expect(statements('$a++; ++$b')).toBe('(ExpressionStatement (Update ++ $a)) (ExpressionStatement (Update ++ $b))')
  })

  test('keep going behind a fault', () => {
    expect(statements('$a = ; $b = 2;')).toBe('(Assignment = $a ?) (Assignment = $b 2)')
    expect(statements('print 1; $b = 2;')).toBe('(ExpressionStatement print) (Assignment = $b 2)')
  })
})

describe('attach points', () => {
  function attachPoints(text: string) {
    const probe = parse(`${text} { }`).program.items.find((item) => item.kind === 'Probe')
    return probe?.attachPoints.map(({ name, parts }) => [name?.text ?? null, ...parts.map((part) => part.text)])
  }

  test('are split at colons outside quotes', () => {
    expect(attachPoints('kprobe:vfs_*, uprobe:/bin/sh:"a:b"')).toEqual([
      [null, 'kprobe', 'vfs_*'],
      [null, 'uprobe', '/bin/sh', 'a:b'],
    ])
    expect(attachPoints('mine=interval:s:$1')).toEqual([['mine', 'interval', 's', '$1']])
    expect(attachPoints('kprobe : f')).toEqual([[null, 'kprobe', 'f']])
  })

  test('end before a predicate but contain paths', () => {
    const [probe] = parse('uprobe:/a/b:c /pid == 1/ { }').program.items
    expect(probe).toMatchObject({ kind: 'Probe', attachPoints: [{ text: 'uprobe:/a/b:c' }] })
    expect(probe?.kind === 'Probe' && probe.predicate?.condition.kind).toBe('Binary')
  })
})

describe('the top level', () => {
  test('holds everything in order', () => {
    expect(parse(everything).errors).toEqual([])
    expect(parse(everything).program.items.map(({ kind }) => kind)).toEqual([
      ...['Preprocessor', 'Preprocessor', 'Preprocessor', 'Preprocessor'],
      ...['CDefinition', 'CDefinition', 'CDefinition', 'Config', 'Import', 'MapDeclaration', 'Macro', 'Subprogram'],
      ...['Probe', 'Probe', 'Probe', 'Probe'],
    ])
  })

  test('names its C definitions', () => {
    const [definition] = parse('struct __attribute__((packed)) S { int a; } BEGIN { }').program.items
    expect(definition).toMatchObject({ kind: 'CDefinition', keyword: 'struct', name: 'S' })
  })

  test('wants definitions and settings first', () => {
    expect(errors('BEGIN { } config = { a = 1 }')).toEqual(['10: Syntax: `config` belongs before the probes'])
    expect(errors('BEGIN { }\n#define A 1')).toEqual(['10: Syntax: C definitions belong before the probes'])
  })
})

describe('faults', () => {
  test.each([
    ['BEGIN { print(1) print(2); }', 17],
    ['BEGIN { print(1; }', 15],
    ['BEGIN { $a = ; }', 13],
    ['BEGIN { if (1) print(1); }', 15],
    ['BEGIN /pid == 1 { }', 16],
    ['BEGIN { print(1);', 17],
    ['BEGIN { $x.y = 1; }', 8],
    ['BEGIN { print(10q); }', 16],
    ['BEGIN { print("\\q"); }', 15],
    ['BEGIN { $0; }', 8],
    ['BEGIN { pid++; }', 11],
  ])('are reported where the compiler reports them: %s', (text, offset) => {
    expect(parse(text).errors[0]?.span.start).toBe(offset)
  })

  test('of nesting are told once, whatever nests', () => {
    const depth = 100_000
    for (const [before, after] of [
      ['(', ')'],
      ['{', '}'],
      ['!', ''],
      ['-', ''],
      ['@a[', ']'],
      ['if 1 {', '}'],
      ['(a=', ')'],
    ] as const) {
      const source = `BEGIN { $a = ${before.repeat(depth)}1${after.repeat(depth)}; }`
      const messages = parse(source).errors.map(({ message }) => message)
      expect(messages.filter((message) => message.includes('nested too deeply'))).toHaveLength(1)
    }
  })

  test('of long chains are told, and long text is read in linear time', () => {
    const chain = (links: number) => `BEGIN { $a = 1${' + 1'.repeat(links)}; }`
    expect(parse(chain(1000)).errors).toEqual([])
    expect(parse(chain(100_000)).errors).toHaveLength(1)
  })
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'BEGIN',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ';',
      ',',
      ':',
      '$x',
      '@m',
      '@',
      '$1',
      '$#',
      '$',
      '=',
      '==',
      '++',
      '/',
      '//',
    ],
    ...[
      '/*',
      '*/',
      '"',
      '"s"',
      '\\',
      '1',
      '0x',
      '1_',
      '5ms',
      '.',
      '..',
      '->',
      '?',
      '&',
      '*',
      'if',
      'else',
      'for',
      'let',
    ],
    ...[
      'struct S',
      'struct S {',
      'config',
      'import',
      'macro',
      'fn',
      'typeof',
      'sizeof',
      '#define A',
      '#!',
      '\n',
      ' ',
      'é',
    ],
  )

  test('gives a sound tree: every prefix of a program', () => {
    for (let end = 0; end <= everything.length; end += isSoak ? 1 : 7) expectSound(everything.slice(0, end))
  })

  test('gives a sound tree: a soup of tokens', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (soup) => expectSound(`BEGIN { ${soup.join(' ')}`)),
      runs(300),
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (soup) => expectSound(soup.join(''))),
      runs(300),
    )
  })

  test('gives a sound tree: programs with tokens removed, doubled and swapped', () => {
    const { tokens } = parse(everything)
    const texts = tokens.map((token) => everything.slice(token.start, token.end))
    const index = fc.nat(texts.length - 1)
    fc.assert(
      fc.property(fc.array(fc.tuple(index, index), { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = [...texts]
        for (const [from, to] of changes) changed[to] = from % 3 === 0 ? '' : `${texts[from]}`
        expectSound(changed.join(''))
      }),
      runs(150),
    )
  })

  test('gives a sound tree: random strings', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), expectSound), runs(300))
  })
})

test('the path to an offset ends at the innermost node', () => {
  const source = 'BEGIN { @a[pid] = count(); }'
  const kinds = pathTo(parse(source).program, source.indexOf('pid') + 1).map(({ kind }) => kind)
  expect(kinds).toEqual(['Program', 'Probe', 'Block', 'Assignment', 'MapAccess', 'Identifier'])
})

test('comments are tokens of their own', () => {
  const tree = parse('// one\nBEGIN { /* two */ }')
  expect(tree.tokens.filter(isTrivia).map((token) => token.kind)).toEqual([
    ...['lineComment', 'blank', 'blank', 'blank', 'blockComment', 'blank'],
  ])
})
