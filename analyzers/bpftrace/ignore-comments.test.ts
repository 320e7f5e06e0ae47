import { describe, expect, test } from 'vitest'
import type { Diagnostic } from './diagnostic.ts'
import { ignoreComment, withoutIgnored } from './ignore-comments.ts'
import { parse } from './syntax/parse.ts'

/** One finding on every `x`. */
function findings(source: string, more: Partial<Diagnostic> = {}): Diagnostic[] {
  return [...source.matchAll(/\bx\b/g)].map(({ index }) => ({
    severity: 'warning',
    code: 'some-rule',
    message: '',
    origin: 'rule',
    span: { start: index, end: index + 1 },
    related: [],
    fixes: [],
    ...more,
  }))
}

function left(source: string, more?: Partial<Diagnostic>): number {
  return withoutIgnored(parse(source), findings(source, more)).length
}

describe('bt-ignore', () => {
  test('on a line of its own it counts for the next line', () => {
    expect(left('BEGIN {\n  // bt-ignore: some-rule\n  print(x);\n  print(x); }')).toBe(1)
  })

  test('behind code it counts for its own line', () => {
    expect(left('BEGIN {\n  print(x); // bt-ignore: some-rule\n  print(x); }')).toBe(1)
  })

  test('only the codes it names', () => {
    expect(left('// bt-ignore: other-rule\nBEGIN { print(x); }')).toBe(1)
    expect(left('// bt-ignore: other-rule, some-rule\nBEGIN { print(x); }')).toBe(0)
  })

  test('an error of the compiler stays', () => {
    const error = { severity: 'error', origin: 'compiler' } as const
    expect(left('// bt-ignore: some-rule\nBEGIN { print(x); }', error)).toBe(1)
  })

  test('the comment that is written has its effect, also beside another', () => {
    let source = 'BEGIN {\n\tprint(x);\n}\n'
    for (const code of ['first', 'second']) {
      const [found] = findings(source, { code })
      if (!found) throw new Error('no finding')
      const { span, newText } = ignoreComment(source, found)
      source = source.slice(0, span.start) + newText + source.slice(span.end)
      expect(left(source, { code })).toBe(0)
    }
    expect(source).toBe('BEGIN {\n\t// bt-ignore: first, second\n\tprint(x);\n}\n')
  })
})
