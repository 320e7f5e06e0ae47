import { expect, test } from 'vitest'
import { type OutlineItem, outline } from './outline.ts'
import { parse } from './syntax/parse.ts'

function lines(items: readonly OutlineItem[], depth = 0): string[] {
  return items.flatMap((item) => [
    `${'  '.repeat(depth)}${item.kind} ${item.name}${item.detail && ` ${item.detail}`}`,
    ...lines(item.children, depth + 1),
  ])
}

test('the outline lists probes with the maps they fill, and definitions with their parts', () => {
  const source = `#define LIMIT 10
enum kind { READ, WRITE };
struct event { int a; char name[16]; struct { int inner; } nested; };
config = { max_map_keys = 100 }
let @seen = lruhash(100);
macro twice(x) { x * 2 }
kprobe:vfs_read, kprobe:vfs_write /pid == 1/ { @start[tid] = nsecs; @calls++; @start[tid] = 0; print(@calls); }
END { }
`
  expect(lines(outline(parse(source)))).toEqual([
    'constant LIMIT',
    'enum kind enum',
    '  enumerator READ',
    '  enumerator WRITE',
    'struct event struct',
    '  field a',
    '  field name',
    '  field nested',
    'config config',
    '  key max_map_keys 100',
    'map @seen lruhash',
    'macro twice (x)',
    'probe kprobe:vfs_read, kprobe:vfs_write /pid == 1/',
    '  map @start',
    '  map @calls',
    'probe END',
  ])
})

test('what is selected lies within its item, also in broken programs', () => {
  const check = (items: readonly OutlineItem[]) => {
    for (const { span, selection, name, children } of items) {
      expect(name).not.toBe('')
      expect(selection.start).toBeGreaterThanOrEqual(span.start)
      expect(selection.end).toBeLessThanOrEqual(span.end)
      check(children)
    }
  }
  const source =
    'config = { a = 1 }\nkprobe:f /@a > 1/ { @b[1] = 2 }\nmacro m(x) { x }\nlet @m = hash(2);\nenum e { A }'
  for (let end = 0; end <= source.length; end++) check(outline(parse(source.slice(0, end))))
})
