import { describe, expect, test } from 'vitest'
import { collectSymbols } from './symbols.ts'
import { parse } from './syntax/parse.ts'

/** Every symbol with its accesses in order: `$a: declaration read`. */
function symbols(source: string, blockScoped = true): string[] {
  return collectSymbols(parse(source), { blockScoped }).all.map(
    ({ name, occurrences }) => `${name}: ${occurrences.map(({ access }) => access).join(' ')}`,
  )
}

describe('symbols', () => {
  test('maps belong to the whole program, variables to their probe', () => {
    expect(symbols('BEGIN { @a = 1; $x = 1; } END { print(@a); $x = 2; }')).toEqual([
      '@a: write read',
      '$x: write',
      '$x: write',
    ])
  })

  test('since 0.22 a variable lives in its block', () => {
    const source = 'BEGIN { if (1) { $x = 1; } if (2) { $x = 2; } }'
    expect(symbols(source)).toEqual(['$x: write', '$x: write'])
    expect(symbols(source, false)).toEqual(['$x: write write'])
  })

  test('an outer variable is the same inside', () => {
    expect(symbols('BEGIN { let $x = 1; if (1) { $x += 2; } print($x); }')).toEqual(['$x: declaration readwrite read'])
  })

  test('a loop variable is gone after the loop', () => {
    expect(symbols('BEGIN { for ($i : 0..3) { print($i); } $i = 1; }')).toEqual(['$i: declaration read', '$i: write'])
  })

  test('increments and deletions are writes', () => {
    expect(symbols('BEGIN { @a[1]++; delete(@a, 1); clear(@a); }')).toEqual(['@a: readwrite write write'])
  })

  test('macro parameters, also of maps and variables, are known in the macro alone', () => {
    expect(symbols('macro m(x, $y, @z) { @z = x + $y } BEGIN { @z = 1; m(1, $a, @z); }')).toEqual([
      'm: declaration read',
      'x: declaration read',
      '$y: declaration read',
      '@z: declaration write',
      '@z: write read',
      '$a: read',
    ])
  })

  test('C types, enumerators and defined constants', () => {
    const source =
      '#define LIMIT 10\nenum colour { RED, GREEN = 4 /* of (a, b) */, BLUE };\nstruct s { int a; };\n' +
      'BEGIN { print(LIMIT); print(GREEN); $s = (struct s *)0; }'
    expect(symbols(source)).toEqual([
      'LIMIT: declaration read',
      'colour: declaration',
      'RED: declaration',
      'GREEN: declaration read',
      'BLUE: declaration',
      's: declaration read',
      '$s: write',
    ])
  })

  test('C definitions that use each other', () => {
    const source = '#define N 4\nstruct in { int a[N]; };\nstruct out { struct in x; /* struct in */ };\nBEGIN { }'
    expect(symbols(source)).toEqual(['N: declaration read', 'in: declaration read', 'out: declaration'])
  })

  test('a name is found at its first and behind its last character', () => {
    const { at } = collectSymbols(parse('BEGIN { @abc = 1 }'), { blockScoped: true })
    expect([7, 8, 12, 13].map((offset) => at(offset)?.symbol.name)).toEqual([undefined, '@abc', '@abc', undefined])
  })
})
