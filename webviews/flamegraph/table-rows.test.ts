import { expect, test } from 'vitest'
import { functionTotals } from '../../analyzers/pprof/flame-functions.ts'
import { foldedGraph } from '../../test/folded-graph.ts'
import { compareRows, functionRows, toMarkdown, toTsv } from './table-rows.ts'

const graph = foldedGraph('m.main;p.parse 5', 'm.main;p.read|all 3', 'm.main 2')
const rows = functionRows(
  graph.frames,
  (frame) => (graph.frames[frame]?.name ?? '').split('.')[0] ?? '',
  functionTotals(graph),
  null,
)
const names = (sorting: Parameters<typeof compareRows>[0]) =>
  rows.toSorted(compareRows(sorting)).map(({ name }) => name)

test('rows are sorted by any column, equal ones by name', () => {
  expect(names({ column: 'self', isDescending: true })).toEqual(['p.parse', 'p.read|all', 'm.main'])
  expect(names({ column: 'totalPercent', isDescending: false })).toEqual(['p.read|all', 'p.parse', 'm.main'])
  expect(names({ column: 'package', isDescending: true })).toEqual(['p.parse', 'p.read|all', 'm.main'])
})

test('a search leaves only what it found', () => {
  const matches = Uint8Array.from(graph.frames, ({ name }) => (name === 'p.parse' ? 1 : 0))
  expect(functionRows(graph.frames, () => '', functionTotals(graph), matches).map(({ name }) => name)).toEqual([
    'p.parse',
  ])
})

test('TSV has exact numbers', () => {
  const row = rows.find(({ name }) => name === 'm.main')
  expect(
    toTsv(row === undefined ? [] : [row], ['Self', 'Self %', 'Total', 'Total %', 'Function', 'Package'], 10).split(
      '\n',
    ),
  ).toEqual(['Self\tSelf %\tTotal\tTotal %\tFunction\tPackage', '2\t20\t10\t100\tm.main\tm', ''])
})

test('Markdown cannot be broken by a name', () => {
  const row = rows.filter(({ name }) => name.includes('|'))
  expect(
    toMarkdown(row, ['a', 'b', 'c', 'd', 'e', 'f'], (each, column) => (column === 'name' ? each.name : '1')),
  ).toContain('`p.read\\|all`')
})
