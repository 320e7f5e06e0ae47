import { expect, test } from 'vitest'
import { differentialFlameGraph } from '../../analyzers/pprof/flame-diff.ts'
import { functionTotals } from '../../analyzers/pprof/flame-functions.ts'
import { importFolded } from '../../analyzers/pprof/imports/folded.ts'
import { foldedGraph } from '../../test/folded-graph.ts'
import { columns, compareRows, differenceColumns, functionRows, toMarkdown, toTsv } from './table-rows.ts'

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
    toTsv(
      row === undefined ? [] : [row],
      columns,
      ['Self', 'Self %', 'Total', 'Total %', 'Function', 'Package'],
      10,
    ).split('\n'),
  ).toEqual(['Self\tSelf %\tTotal\tTotal %\tFunction\tPackage', '2\t20\t10\t100\tm.main\tm', ''])
})

test('Markdown cannot be broken by a name', () => {
  const row = rows.filter(({ name }) => name.includes('|'))
  expect(
    toMarkdown(row, columns, ['a', 'b', 'c', 'd', 'e', 'f'], (each, column) => (column === 'name' ? each.name : '1')),
  ).toContain('`p.read\\|all`')
})

test('of two profiles each function has both values, also one that only the earlier has, sorted by what changed', () => {
  const folded = (...stacks: readonly string[]) => importFolded(`${stacks.join('\n')}\n`)
  const both = differentialFlameGraph(folded('main;parse 25', 'main;new 3'), folded('main;parse 10', 'main;old 9'))
  const compared = functionRows(both.frames, () => '', functionTotals(both), null)
  const sorted = compared.toSorted(compareRows({ column: 'selfChange', isDescending: true }))
  const lines = toTsv(sorted, differenceColumns, differenceColumns, 28).split('\n')
  expect(lines.slice(1, -1).map((line) => line.split('\t').slice(0, 7))).toEqual([
    ['15', '10', '25', '15', '10', '25', 'parse'],
    ['3', '0', '3', '3', '0', '3', 'new'],
    ['0', '0', '0', '9', '19', '28', 'main'],
    ['-9', '9', '0', '-9', '9', '0', 'old'],
  ])
})
