import { expect, test } from 'vitest'
import { semanticTokens } from './semantic-tokens.ts'
import { type FixtureOptions, fixture } from './testing/context.ts'

function tokens(source: string, options?: FixtureOptions): string[] {
  const { context } = fixture(source, options)
  return semanticTokens(context).map(({ span, type, modifiers }) =>
    [source.slice(span.start, span.end), type, ...modifiers].join(' '),
  )
}

test('names are told apart by what they are and what is done to them', () => {
  expect(tokens('macro m(x) { x } BEGIN { $a = m(pid); @b[$1] = count(); print(args.field); }')).toEqual([
    'm macro declaration',
    'x parameter declaration',
    'x parameter',
    '$a variable modification',
    'm macro',
    'pid variable readonly defaultLibrary',
    '@b variable static modification',
    '$1 parameter readonly',
    'count function defaultLibrary',
    'print function defaultLibrary',
    'args variable readonly defaultLibrary',
    'field property',
  ])
})

test('types and constants of the script', () => {
  expect(tokens('enum e { RED };\nBEGIN { $x = (enum e)RED; }')).toEqual([
    'e type declaration',
    'RED enumMember declaration readonly',
    '$x variable modification',
    'e type',
    'RED enumMember readonly',
  ])
})

test('what the target version deprecates is marked', () => {
  expect(tokens('kprobe:f { print(sarg0); }', { version: '0.22' })).toContain(
    'sarg0 variable readonly defaultLibrary deprecated',
  )
  expect(tokens('kprobe:f { print(sarg0); }', { version: '0.17' })).toContain('sarg0 variable readonly defaultLibrary')
})

test('a part of the document gives the part of the tokens', () => {
  const { context, source } = fixture('BEGIN { @a = 1; }\nEND { @b = 2; }')
  const within = { start: source.indexOf('END'), end: source.length }
  expect(semanticTokens(context, within)).toHaveLength(1)
})

test('tokens are in order and never overlap, also in broken programs', () => {
  const whole = 'struct s { int a; };\nkprobe:f /@a > $1/ { $p = (struct s *)arg0; @m[$p.a, comm] = hist($p->a); }'
  for (let end = 0; end <= whole.length; end++) {
    let last = 0
    for (const { span } of semanticTokens(fixture(whole.slice(0, end)).context)) {
      expect(span.start).toBeGreaterThanOrEqual(last)
      last = span.end
    }
  }
})
