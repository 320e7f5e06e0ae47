import { expect, test } from 'vitest'
import { makeLabels, withoutPath } from './labels.ts'

const width = (text: string) => [...text].length * 10

test.each([
  ['example.org/team/pkg.(*Type).Method', 'pkg.(*Type).Method'],
  ['net/http.HandlerFunc.ServeHTTP', 'http.HandlerFunc.ServeHTTP'],
  ['sort.Slice', 'sort.Slice'],
  ['store.Map[example.org/x/y.Key]', 'store.Map[example.org/x/y.Key]'],
  ['std::map<int, a/b>::at', 'std::map<int, a/b>::at'],
  ['/usr/bin/', '/usr/bin/'],
])('%s is shortened to %s', (name, short) => {
  expect(withoutPath(name)).toBe(short)
})

test.each([
  ['the full name where it fits', 340, 'example.org/team/pkg.(*Type).Meth'],
  ['else the name without its path', 330 - 1, 'pkg.(*Type).Meth'],
  ['else its start and end', 150, 'pkg.(*Type…Meth'],
  ['else its start', 60, 'pkg.(…'],
  ['and nothing where nothing is worth reading', 20, ''],
])('shows %s', (_, room, label) => {
  expect(makeLabels(['example.org/team/pkg.(*Type).Meth'], width).fit(0, room)).toBe(label)
})

test('a label is never wider than its room', () => {
  const names = ['a', '日本語の関数名', 'example.org/x.(*Y).Z', 'f'.repeat(500)]
  const labels = makeLabels(names, width)
  for (let room = 0; room < 600; room += 7) {
    for (const frame of names.keys()) expect(width(labels.fit(frame, room))).toBeLessThanOrEqual(room)
  }
})

test('what was measured once is not measured again', () => {
  let count = 0
  const labels = makeLabels(['abcabcabcabc'], (text) => {
    count++
    return width(text)
  })
  labels.fit(0, 70)
  const first = count
  labels.fit(0, 70)
  labels.fit(0, 60)
  expect(count).toBe(first)
})
