import { describe, expect, test } from 'vitest'
import type { TextEdit } from './diagnostic.ts'
import { format } from './format.ts'
import { formatEdits, formatOnTypeEdits, formatRangeEdits } from './format-edits.ts'
import { parse } from './syntax/parse.ts'

function apply(source: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), source)
}

const messy = `// head   
BEGIN{@a=1;   print( @a ) ;}

END   {
clear(@a);  // tail
      exit( );
}
`

describe('formatting edits', () => {
  test('together they give the formatted program, and touch nothing but blanks', () => {
    const edits = formatEdits(parse(messy))
    expect(apply(messy, edits)).toBe(format(messy).text)
    for (const { span } of edits)
      expect(
        messy
          .slice(span.start, span.end)
          .replace(/\/\/.*/, '')
          .trim(),
      ).toBe('')
  })

  test('a formatted program has none', () => {
    expect(formatEdits(parse(format(messy).text))).toEqual([])
  })

  test('a range changes its own lines only', () => {
    const start = messy.indexOf('clear')
    const after = apply(messy, formatRangeEdits(parse(messy), { start, end: start }))
    const lines = after.split('\n')
    expect(lines[1]).toBe(messy.split('\n')[1])
    expect(lines.find((line) => line.includes('clear'))).toMatch(/^\s+clear\(@a\); \/\/ tail$/)
  })

  test('a closing brace lays out its block, a semicolon its line', () => {
    const brace = messy.lastIndexOf('}') + 1
    const block = apply(messy, formatOnTypeEdits(parse(messy), brace))
    expect(block).toContain(messy.split('\n')[1] ?? '')
    expect(block.slice(block.indexOf('END'))).toBe(format(messy).text.slice(format(messy).text.indexOf('END')))
    const semicolon = messy.indexOf('exit( );') + 'exit( );'.length
    expect(apply(messy, formatOnTypeEdits(parse(messy), semicolon))).toContain('exit();')
  })

  test('while typing, a program with an error is left alone; asked for, it is refused', () => {
    const broken = 'BEGIN { $x = ;}'
    expect(formatOnTypeEdits(parse(broken), broken.length)).toEqual([])
    expect(() => formatEdits(parse(broken))).toThrow(/cannot be formatted/)
  })
})
