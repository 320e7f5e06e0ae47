import fc from 'fast-check'
import { expect, test } from 'vitest'
import { insertionAt } from './insertion.ts'
import { parse } from './syntax/parse.ts'

/** `|` is the cursor. */
function inserted(marked: string, program = 'end { }\n'): string {
  const cursor = marked.indexOf('|')
  const source = marked.replace('|', '')
  const { offset, before, after } = insertionAt(parse(source), cursor)
  return source.slice(0, offset) + before + program + after + source.slice(offset)
}

test.each([
  ['|', 'end { }\n'],
  ['begin { exit(); }\n|', 'begin { exit(); }\n\nend { }\n'],
  ['begin { ex|it(); }\n', 'begin { exit(); }\n\nend { }\n\n'],
  ['|begin { }', 'end { }\n\nbegin { }'],
  ['// a com|ment\nbegin { }', '// a comment\n\nend { }\n\nbegin { }'],
  ['|#!/usr/bin/bpftrace\nbegin { }', '#!/usr/bin/bpftrace\n\nend { }\n\nbegin { }'],
  ['|config = { max_map_keys = 10 }\nbegin { }', 'config = { max_map_keys = 10 }\n\nend { }\n\nbegin { }'],
])('%j becomes %j', (marked, expected) => {
  expect(inserted(marked)).toBe(expected)
})

test('what was a program stays one, wherever the cursor is', () => {
  const source =
    '#!/usr/bin/bpftrace\n// Reads\nkprobe:vfs_read /pid == 1/ { @a[pid] = count(); /* x */ }\n\nend { clear(@a); }\n'
  fc.assert(
    fc.property(fc.integer({ min: 0, max: source.length }), (cursor) => {
      const text = inserted(`${source.slice(0, cursor)}|${source.slice(cursor)}`, 'begin { @b = 1; }\n')
      const { errors, program } = parse(text)
      expect(errors).toEqual([])
      expect(program.items).toHaveLength(3)
    }),
  )
})
